package io.leadloom.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Account;
import io.leadloom.identity.PasswordByMail;
import io.leadloom.identity.Staff;
import io.leadloom.identity.recovery.PasswordLinks;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.Surfer;
import io.leadloom.testing.TestProvider;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.core.oidc.IdTokenClaimAccessor;

@LeadloomTest(properties = "leadloom.outgoing.allowed-networks=127.0.0.0/8,::1/128")
class SignOnLinksTest extends SignOnTest {

  @Autowired private People people;
  @Autowired private SignOnLinks signOnLinks;
  @Autowired private ProviderRows rows;
  @Autowired private PasswordLinks passwordLinks;
  @Autowired private PasswordByMail passwords;

  private static Staff.AccountChange change(
      @Nullable String email, @Nullable String password, @Nullable Boolean active) {
    return new Staff.AccountChange(
        null, null, email, null, password, null, active, null, null, null);
  }

  @Test
  void aPersonIsNoLongerLinkedAfterAnotherPasswordAnotherAddressOrTheEndOfTheAccount()
      throws Exception {
    Account account = account(fresh() + "@example.com", true);
    String subject = person(account.email(), true);
    signIn(subject);
    assertThat(signOnLinks.of(account.id())).hasSize(1);
    staff.changePassword(account.id(), "vier Pferde trinken Tee", "neun Pferde trinken Tee");
    assertThat(signOnLinks.of(account.id())).hasSize(1);
    staff.change(account.id(), change(null, "fünf Pferde trinken Tee", null));
    assertThat(signOnLinks.of(account.id())).isEmpty();
    signIn(subject);
    passwords.set(
        passwordLinks.make(account.id(), Duration.ofMinutes(30)), "sechs Pferde trinken Tee");
    assertThat(signOnLinks.of(account.id())).isEmpty();
    signIn(subject);
    staff.change(account.id(), change(null, null, false));
    assertThat(signOnLinks.of(account.id())).isEmpty();
    staff.change(account.id(), change(null, null, true));
    signIn(subject);
    assertThat(signOnLinks.of(account.id())).hasSize(1);
    staff.change(account.id(), change(fresh() + "@example.com", null, null));
    assertThat(signOnLinks.of(account.id())).isEmpty();
    surfer.cookies(URI.create(root())).clear();
    assertThat(problem(subject)).isEqualTo("unknown-person");
  }

  @Test
  void administratorsSeeAndRemoveWhoIsLinkedToAUser() throws Exception {
    Account account = account(fresh() + "@example.com", true);
    signIn(person(account.email(), true));
    String path = "/api/v1/users/" + account.id() + "/sign-on-links";
    JsonNode links = admin(HttpMethod.GET, path, null).getBody();
    assertThat(links).hasSize(1);
    assertThat(links.path(0).path("providerId").asLong()).isEqualTo(id);
    assertThat(links.path(0).path("email").asText()).isEqualTo(account.email());
    assertThat(links.path(0).path("lastUsedAt").asText()).isNotEmpty();
    assertThat(admin(HttpMethod.DELETE, path, null).getStatusCode())
        .isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(admin(HttpMethod.GET, path, null).getBody()).isEmpty();
    assertThat(me(surfer)).isEmpty();
    assertThat(audit(account.login()).toString()).contains("user.unlinked");
    assertThat(admin(HttpMethod.GET, "/api/v1/users/999999999/sign-on-links", null).getStatusCode())
        .isEqualTo(HttpStatus.NOT_FOUND);
  }

  @Test
  void oneOfSeveralPeopleWhoOpenAnAccountIsRemovedAlone() throws Exception {
    Account account = account(fresh() + "@example.com", true);
    String gone = person(account.email(), true);
    signIn(gone);
    signIn(person(account.email(), true));
    // The address has gone over to somebody else at the provider.
    provider.add(
        gone, new TestProvider.Person(fresh() + "@example.com", false, "Ada", List.of(), null));
    signIn(new Surfer(), gone, "");
    String path = "/api/v1/users/" + account.id() + "/sign-on-links";
    JsonNode links = admin(HttpMethod.GET, path, null).getBody();
    assertThat(links).hasSize(2);
    assertThat(links.path(0).path("email").asText()).isNotEqualTo(account.email());
    assertThat(links.path(1).path("email").asText()).isEqualTo(account.email());
    String handle = links.path(0).path("handle").asText();
    assertThat(admin(HttpMethod.DELETE, path + "/" + handle, null).getStatusCode())
        .isEqualTo(HttpStatus.NO_CONTENT);
    assertThat(me(surfer)).isEmpty();
    assertThat(admin(HttpMethod.GET, path, null).getBody())
        .singleElement()
        .isEqualTo(links.path(1));
    assertThat(admin(HttpMethod.DELETE, path + "/" + handle, null).getStatusCode())
        .isEqualTo(HttpStatus.NOT_FOUND);
    assertThat(problem(gone)).isEqualTo("email-not-verified");
    Account other = account(fresh() + "@example.com", true);
    assertThat(
            admin(
                    HttpMethod.DELETE,
                    "/api/v1/users/"
                        + other.id()
                        + "/sign-on-links/"
                        + links.path(1).path("handle").asText(),
                    null)
                .getStatusCode())
        .isEqualTo(HttpStatus.NOT_FOUND);
  }

  @Test
  void anAddressThatAUserHasEnteredHimselfLinksNobodyUntilAMailConfirmsIt() throws Exception {
    Account account = account(null, true);
    String email = fresh() + "@example.com";
    JsonNode profile =
        http.withBasicAuth(account.login(), "vier Pferde trinken Tee")
            .getForObject("/api/v1/profile", JsonNode.class);
    assertThat(
            http.withBasicAuth(account.login(), "vier Pferde trinken Tee")
                .exchange(
                    "/api/v1/profile",
                    HttpMethod.PUT,
                    new HttpEntity<>(
                        Map.of(
                            "version",
                            profile.path("version").asInt(),
                            "name",
                            "Known",
                            "email",
                            email,
                            "password",
                            "vier Pferde trinken Tee")),
                    JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.OK);
    String subject = person(email, true);
    assertThat(problem(subject)).isEqualTo("unknown-person");
    passwords.set(
        passwordLinks.make(account.id(), Duration.ofMinutes(30)), "sechs Pferde trinken Tee");
    assertThat(signIn(subject)).isEqualTo("/");
    assertThat(me(surfer)).isEqualTo(account.login());
  }

  @Test
  void aPersonOfAnotherIssuerThanThatOfTheProviderIsNobody() {
    SignOnProvider present =
        rows.all().stream()
            .map(ProviderRows.Stored::provider)
            .filter(one -> one.id() == id)
            .findFirst()
            .orElseThrow();
    Account account = account(fresh() + "@example.com", true);
    IdTokenClaimAccessor person =
        () ->
            Map.of(
                "iss",
                "https://before.example.com",
                "sub",
                "1",
                "email",
                String.valueOf(account.email()),
                "email_verified",
                true);
    assertThatThrownBy(() -> people.find(present, person))
        .isInstanceOfSatisfying(
            SignOnRefusal.class,
            refusal -> assertThat(refusal.reason()).isEqualTo(SignOnRefusal.Reason.INVALID));
    assertThat(signOnLinks.of(account.id())).isEmpty();
  }
}
