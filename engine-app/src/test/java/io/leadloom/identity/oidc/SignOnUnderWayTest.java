package io.leadloom.identity.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.leadloom.identity.Account;
import io.leadloom.identity.Staff;
import io.leadloom.identity.signin.LastSignIns;
import io.leadloom.platform.Ids;
import io.leadloom.platform.vault.Digests;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** What happens elsewhere while somebody signs in with a provider. */
@LeadloomTest(properties = "leadloom.outgoing.allowed-networks=127.0.0.0/8,::1/128")
class SignOnUnderWayTest extends SignOnTest {

  @Autowired private MockMvc mvc;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;
  @Autowired private LastSignIns signIns;
  @Autowired private ProviderRows rows;
  @Autowired private Ids ids;
  @Autowired private MutableClock clock;

  private interface Removal {
    void of(Account account) throws Exception;
  }

  /** The sign-in has found its link and opens a session, which waits for the audit trail while the link is removed. */
  private void signsInWhile(Removal removal) throws Exception {
    Account account = account(fresh() + "@example.com", true);
    String subject = person(account.email(), true);
    signIn(subject);
    assertThat(me(surfer)).isEqualTo(account.login());
    surfer.cookies(URI.create(root())).clear();
    transaction.executeWithoutResult(
        done -> jdbc.update("delete from user_sign_in where user_id = ?", account.id()));
    CompletableFuture<String> underWay =
        transaction.execute(
            held -> {
              jdbc.queryForList("select head_seq from audit_head for update");
              CompletableFuture<String> way = CompletableFuture.supplyAsync(() -> page(subject));
              await().until(() -> signIns.of(Set.of(account.id())).containsKey(account.id()));
              try {
                removal.of(account);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
              return way;
            });
    underWay.join();
    assertThat(me(surfer)).isEmpty();
    assertThat(rows.people().getOrDefault(id, 0)).isZero();
    // Nothing else is against a new sign-in.
    staff.change(
        account.id(),
        new Staff.AccountChange(null, null, null, null, null, null, true, null, null, null));
    signIn(subject);
    assertThat(me(surfer)).isEqualTo(account.login());
  }

  private String page(String subject) {
    try {
      return signIn(subject);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aSessionThatIsOpenedWhileItsLinkIsRemovedIsOver() throws Exception {
    signsInWhile(
        account ->
            mvc.perform(
                    delete("/api/v1/users/" + account.id() + "/sign-on-links")
                        .with(httpBasic("admin", "leadloom")))
                .andExpect(status().isNoContent()));
  }

  @Test
  void soIsOneThatIsOpenedWhileSomebodyElseSetsAnotherPassword() throws Exception {
    signsInWhile(
        account ->
            staff.change(
                account.id(),
                new Staff.AccountChange(
                    null,
                    null,
                    null,
                    null,
                    "fünf Pferde trinken Tee",
                    null,
                    null,
                    null,
                    null,
                    null)));
  }

  @Test
  void somebodyWhomAnotherNodeHasMadeAndLinkedAMomentAgoSignsIn() throws Exception {
    String subject = person(fresh() + "@example.com", true);
    // Memory stays fresh, as far as this node knows.
    clock.setTo(clock.instant());
    assertThat(staff.accounts()).isNotEmpty();
    long user = ids.next("user");
    transaction.executeWithoutResult(
        done -> {
          jdbc.update("update identity_state set version = version + 1 where id = 1");
          jdbc.update(
              "insert into app_user (id, login, name, password, active, version, created_at, updated_at)"
                  + " values (?, ?, 'Elsewhere', '', true, 1, '2026-01-01', '2026-01-01')",
              user,
              "linked" + user);
          rows.link(id, Digests.hex(provider.issuer() + '\0' + subject), user, clock.instant());
        });
    assertThat(signIn(subject)).isEqualTo("/");
    assertThat(me(surfer)).isEqualTo("linked" + user);
    assertThat(List.of(staff.account(user).login())).containsExactly("linked" + user);
  }
}
