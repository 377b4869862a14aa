package io.leadloom.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Account;
import io.leadloom.testing.LeadloomTest;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/** What becomes of people at a provider when a user enters another e-mail address in the own profile. */
@LeadloomTest(properties = "leadloom.outgoing.allowed-networks=127.0.0.0/8,::1/128")
class SignOnAddressTest extends SignOnTest {

  private static final String PASSWORD = "vier Pferde trinken Tee";

  @Autowired private SignOnLinks signOnLinks;

  private void enter(Account account, String email) {
    var own = http.withBasicAuth(account.login(), PASSWORD);
    JsonNode profile = own.getForObject("/api/v1/profile", JsonNode.class);
    Map<String, ?> wanted =
        Map.of(
            "version",
            profile.path("version").asInt(),
            "name",
            "Known",
            "email",
            email,
            "password",
            PASSWORD);
    assertThat(
            own.exchange(
                    "/api/v1/profile", HttpMethod.PUT, new HttpEntity<>(wanted), JsonNode.class)
                .getStatusCode())
        .isEqualTo(HttpStatus.OK);
  }

  @Test
  void whoChangesTheOwnAddressStaysLinkedAndGetsNoSecondAccount() throws Exception {
    Account account = account(fresh() + "@example.com", true);
    String subject = person(account.email(), true);
    signIn(subject);
    enter(account, fresh() + "@example.com");
    assertThat(signOnLinks.of(account.id())).hasSize(1);
    change(Map.of("newcomers", "crm_sales"));
    surfer.cookies(URI.create(root())).clear();
    assertThat(signIn(subject)).isEqualTo("/");
    assertThat(me(surfer)).isEqualTo(account.login());
  }

  @Test
  void nobodyIsMadeWhileTheAddressIsEnteredAndNotConfirmed() throws Exception {
    change(Map.of("newcomers", "crm_sales"));
    Account account = account(null, true);
    String email = fresh() + "@example.com";
    enter(account, email);
    String subject = person(email.toUpperCase(java.util.Locale.ROOT), true);
    assertThat(problem(subject)).isEqualTo("email-not-confirmed");
    assertThat(staff.accounts()).filteredOn(one -> email.equals(one.email())).hasSize(1);
    assertThat(audit("email-not-confirmed").toString()).contains(account.login());
    assertThat(
            admin(
                    HttpMethod.PUT,
                    "/api/v1/users/" + account.id() + "/confirmed-email",
                    Map.of("email", email))
                .getStatusCode())
        .isEqualTo(HttpStatus.OK);
    assertThat(signIn(subject)).isEqualTo("/");
    assertThat(me(surfer)).isEqualTo(account.login());
  }
}
