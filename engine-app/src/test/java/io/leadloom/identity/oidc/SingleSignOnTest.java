package io.leadloom.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Account;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.profile.AuthenticationProfiles;
import io.leadloom.identity.session.BrowserSessions;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.Surfer;
import io.leadloom.testing.TestProvider;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;

@LeadloomTest(properties = "leadloom.outgoing.allowed-networks=127.0.0.0/8,::1/128")
class SingleSignOnTest extends SignOnTest {

  @Autowired private AuthenticationProfiles profiles;
  @Autowired private BrowserSessions sessions;
  @Autowired private JdbcTemplate jdbc;

  @Test
  void somebodyWhoseAddressTheProviderHasVerifiedIsSignedInAndStaysLinked() throws Exception {
    Account account = account(fresh() + "@example.com", true);
    String subject = person(account.email().toUpperCase(Locale.ROOT), true);
    assertThat(
            signIn(surfer, subject, "?next=%2Fleads%3Ffilter%3Dcity%2520%253D%2520%2522Pune%2522"))
        .isEqualTo("/leads?filter=city%20%3D%20%22Pune%22");
    assertThat(me(surfer)).isEqualTo(account.login());
    URI asked = surfer.way().get(1);
    assertThat(asked.getQuery())
        .contains("code_challenge_method=S256")
        .contains("code_challenge=")
        .contains("state=")
        .contains("nonce=")
        .contains("scope=openid profile email");
    // The address changes at the provider: the person stays who it is here.
    provider.add(
        subject, new TestProvider.Person(fresh() + "@example.com", false, "Ada", List.of(), null));
    Surfer again = new Surfer();
    assertThat(signIn(again, subject, "")).isEqualTo("/");
    assertThat(me(again)).isEqualTo(account.login());
    assertThat(audit(account.login()).toString())
        .contains("user.linked")
        .contains("session.opened")
        .contains("\"provider\"");
    assertThat(
            admin(HttpMethod.GET, SETTINGS, null)
                .getBody()
                .path("items")
                .findValuesAsText("people"))
        .contains("1");
  }

  @Test
  void theSessionIsAFreshOneAndEndsWithTheOthers() throws Exception {
    Account account = account(fresh() + "@example.com", true);
    String subject = person(account.email(), true);
    surfer.cookies(URI.create(root())).put("JSESSIONID", UUID.randomUUID().toString());
    signIn(subject);
    String[] ids = {surfer.cookies(URI.create(root())).get("JSESSIONID"), ""};
    signIn(subject);
    ids[1] = surfer.cookies(URI.create(root())).get("JSESSIONID");
    assertThat(ids[0]).isNotNull().isNotEqualTo(ids[1]);
    assertThat(me(surfer)).isEqualTo(account.login());
    assertThat(
            admin(HttpMethod.DELETE, "/api/v1/users/" + account.id() + "/sessions", null)
                .getBody()
                .path("ended")
                .asInt())
        .isEqualTo(1);
    assertThat(me(surfer)).isEmpty();
  }

  @Test
  void somebodyUnknownIsRefusedOrMadeAUserAsTheProviderIsSetUp() throws Exception {
    String email = fresh() + "@example.com";
    String subject = person(email, true);
    assertThat(problem(subject)).isEqualTo("unknown-person");
    assertThat(audit("unknown-person").toString()).contains("session.refused");
    change(Map.of("newcomers", "crm_sales"));
    assertThat(signIn(subject)).isEqualTo("/");
    assertThat(me(surfer)).isEqualTo(email);
    Account made =
        staff.accounts().stream()
            .filter(one -> email.equals(one.email()))
            .findFirst()
            .orElseThrow();
    assertThat(made.roles()).containsExactly(Role.SALES);
    assertThat(made.name()).isEqualTo("Ada Lovelace");
    assertThat(staff.withoutPassword(Set.of(made.id()))).isNotEmpty();
    Surfer again = new Surfer();
    signIn(again, subject, "");
    assertThat(staff.accounts().stream().filter(one -> email.equals(one.email()))).hasSize(1);
    assertThat(
            admin(HttpMethod.PATCH, SETTINGS + "/" + id, Map.of("newcomers", "crm_admin"))
                .getStatusCode())
        .isEqualTo(HttpStatus.UNPROCESSABLE_ENTITY);
  }

  @Test
  void anAddressThatIsNotVerifiedOrOfAnotherDomainOpensNothing() throws Exception {
    Account account = account(fresh() + "@example.com", true);
    assertThat(problem(person(account.email(), false))).isEqualTo("email-not-verified");
    assertThat(problem(person(null, true))).isEqualTo("email-not-verified");
    change(Map.of("domains", List.of("@Example.org")));
    assertThat(problem(person(account.email(), true))).isEqualTo("other-domain");
    change(Map.of("domains", List.of("example.com", "example.org")));
    assertThat(signIn(person(account.email(), true))).isEqualTo("/");
  }

  @Test
  void inactiveUsersAndSeveralWithOneAddressAreRefused() throws Exception {
    Account gone = account(fresh() + "@example.com", false);
    change(Map.of("newcomers", "crm_sales"));
    assertThat(problem(person(gone.email(), true))).isEqualTo("inactive");
    Account linked = account(fresh() + "@example.com", true);
    String subject = person(linked.email(), true);
    signIn(subject);
    staff.change(
        linked.id(),
        new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
    assertThat(me(surfer)).isEmpty();
    assertThat(problem(subject)).isEqualTo("inactive");
    String shared = fresh() + "@example.com";
    account(shared, true);
    account(shared, true);
    assertThat(problem(person(shared, true))).isEqualTo("several-users");
  }

  @Test
  void anotherNonceOrStateOrAStolenAnswerOpensNothing() throws Exception {
    Account account = account(fresh() + "@example.com", true);
    String subject = fresh();
    provider.add(
        subject, new TestProvider.Person(account.email(), true, "Ada", List.of(), "replayed"));
    assertThat(problem(subject)).isEqualTo("invalid");
    String honest = person(account.email(), true);
    surfer.turned(
        to ->
            to.getPath().startsWith("/login/")
                ? URI.create(to.toString().replaceFirst("state=[^&]+", "state=forged"))
                : to);
    assertThat(problem(honest)).isEqualTo("expired");
    URI[] answer = new URI[1];
    Surfer attacker = new Surfer();
    attacker.turned(
        to -> {
          if (to.getPath().startsWith("/login/")) {
            answer[0] = to;
            return URI.create(root() + "/sign-in");
          }
          return to;
        });
    signIn(attacker, honest, "");
    // Somebody else's browser never asked for this answer.
    Surfer victim = new Surfer();
    assertThat(victim.walk(answer[0].toString()).getQuery()).contains("problem=expired");
    assertThat(me(victim)).isEmpty();
  }

  @Test
  void signingOutGoesOnToTheProviderWhereThatIsChosen() throws Exception {
    Account account = account(fresh() + "@example.com", true);
    String subject = person(account.email(), true);
    URI session = URI.create(root() + "/api/v1/session");
    signIn(subject);
    assertThat(surfer.send("DELETE", session).statusCode()).isEqualTo(204);
    change(Map.of("signOut", true));
    signIn(subject);
    assertThat(me(surfer)).isEqualTo(account.login());
    HttpResponse<String> answer = surfer.send("DELETE", session);
    assertThat(answer.statusCode()).isEqualTo(200);
    String address = json.readTree(answer.body()).path("address").asText();
    assertThat(address).startsWith(provider.issuer() + "/connect/logout?id_token_hint=");
    assertThat(me(surfer)).isEmpty();
    // The provider takes it: it knows its own token and the client's address.
    assertThat(surfer.walk(address)).isEqualTo(URI.create(root() + "/sign-in"));
    assertThat(new Surfer().walk(address.replaceFirst("hint=[^&]+", "hint=x")).getPath())
        .isEqualTo("/connect/logout");
    assertThat(audit(account.login()).toString())
        .containsPattern("session.closed[^}]*}?[^}]*\"provider\"");
    // It counts how the provider is set up when somebody leaves.
    signIn(subject);
    change(Map.of("signOut", false));
    assertThat(surfer.send("DELETE", session).statusCode()).isEqualTo(204);
  }

  @Test
  void theHintForTheProviderOutlivesTheSecondStepAndGoesToNobodyElse() {
    MockHttpServletRequest request = new MockHttpServletRequest();
    sessions.openPending(request, new BrowserSessions.Waiting(7, 0));
    BrowserSessions.keepForSignOut(request, "sealed");
    sessions.open(request, 7, 0);
    assertThat(BrowserSessions.keptForSignOut(request)).contains("sealed");
    sessions.open(request, 8, 0);
    assertThat(BrowserSessions.keptForSignOut(request)).isEmpty();
  }

  @Test
  void theTokenThatTheSessionKeepsForTheEndIsSealed() throws Exception {
    change(Map.of("signOut", true));
    Account account = account(fresh() + "@example.com", true);
    signIn(person(account.email(), true));
    List<byte[]> kept =
        jdbc.queryForList(
            "select a.ATTRIBUTE_BYTES from SPRING_SESSION_ATTRIBUTES a join SPRING_SESSION s"
                + " on s.PRIMARY_ID = a.SESSION_PRIMARY_ID where s.PRINCIPAL_NAME = ?",
            byte[].class,
            Long.toString(account.id()));
    assertThat(kept)
        .isNotEmpty()
        .noneMatch(bytes -> new String(bytes, StandardCharsets.ISO_8859_1).contains("eyJ"));
  }

  @Test
  void whereItGoesAfterwardsIsAlwaysOneOfOurOwnPages() throws Exception {
    Account account = account(fresh() + "@example.com", true);
    String subject = person(account.email(), true);
    for (String elsewhere :
        List.of(
            "https%3A%2F%2Fevil.example",
            "%2F%2Fevil.example",
            "%2F%5Cevil.example",
            "%2F%09%2Fevil.example",
            "javascript%3Aalert(1)",
            "%2Fapi%2Fv1%2Fsession")) {
      assertThat(signIn(surfer, subject, "?next=" + elsewhere)).as(elsewhere).isEqualTo("/");
    }
  }

  @Test
  void aMandatedSecondFactorFollowsUnlessTheProviderHasSeenOne() throws Exception {
    Account account = account(fresh() + "@example.com", true);
    profiles.create(
        new AuthenticationProfiles.Wanted(
            "Profile " + UUID.randomUUID(), null, true, null, List.of(account.id())));
    assertThat(signIn(surfer, person(account.email(), true), "?next=%2Fleads"))
        .isEqualTo("/sign-in?step=enrolment&next=%2Fleads");
    assertThat(me(surfer)).isEmpty();
    assertThat(signIn(person(account.email(), true, "pwd"))).startsWith("/sign-in?step=enrolment");
    assertThat(signIn(person(account.email(), true, "otp"))).startsWith("/sign-in?step=enrolment");
    assertThat(me(surfer)).isEmpty();
    assertThat(signIn(person(account.email(), true, "pwd", "otp"))).isEqualTo("/");
    assertThat(me(surfer)).isEqualTo(account.login());
    Surfer other = new Surfer();
    assertThat(signIn(other, person(account.email(), true, "mfa"), "")).isEqualTo("/");
    assertThat(me(other)).isEqualTo(account.login());
  }

  @Test
  void aProviderThatIsDownSaysSoAndHindersNobodyElse() throws Exception {
    TestProvider other = TestProvider.start();
    long known = added(other, Map.of());
    JsonNode answer = checked(known);
    assertThat(answer.path("reachable").asBoolean()).isTrue();
    assertThat(answer.path("signOut").asBoolean()).isTrue();
    other.close();
    assertUnreachable(known, other);
    admin(HttpMethod.DELETE, SETTINGS + "/" + known, null);

    // What a provider has once said counts for a day, so this one has never said anything.
    TestProvider never = TestProvider.start();
    never.close();
    long silent = added(never, Map.of());
    assertUnreachable(silent, never);
    URI last = surfer.walk(root() + "/oauth2/authorization/" + silent + "?next=%2Fleads");
    assertThat(last.getRawPath() + "?" + last.getRawQuery())
        .isEqualTo("/sign-in?problem=unreachable&provider=" + silent);
    assertThat(admin(HttpMethod.GET, "/api/v1/session", null).getStatusCode())
        .isEqualTo(HttpStatus.OK);
    provider.redirectsTo(root() + "/login/oauth2/code/" + id);
    Account account = account(fresh() + "@example.com", true);
    assertThat(signIn(person(account.email(), true))).isEqualTo("/");
    assertThat(surfer.walk(root() + "/oauth2/authorization/999999").getQuery())
        .contains("problem=unknown-provider");
    admin(HttpMethod.DELETE, SETTINGS + "/" + silent, null);
  }

  private JsonNode checked(long provider) {
    return admin(HttpMethod.POST, SETTINGS + "/" + provider + "/check", null).getBody();
  }

  private void assertUnreachable(long id, TestProvider down) {
    JsonNode outcome = checked(id);
    assertThat(outcome.path("reachable").asBoolean()).isFalse();
    assertThat(outcome.path("problem").asText())
        .contains(down.issuer())
        .contains("cannot be reached");
  }
}
