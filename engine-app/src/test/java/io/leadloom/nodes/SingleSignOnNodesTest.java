package io.leadloom.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.identity.oidc.KnownProviders;
import io.leadloom.identity.oidc.SignOnProvider;
import io.leadloom.identity.oidc.SignOnProviders;
import io.leadloom.testing.Surfer;
import io.leadloom.testing.TestProvider;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sign-in with a provider begins on one node and ends on another, as behind a balancer. */
@Tag("database")
@Tag("nodes")
class SingleSignOnNodesTest {

  private static final String OWN_MACHINE =
      "--leadloom.outgoing.allowed-networks=127.0.0.0/8,::1/128";

  @Test
  void whatOneNodeAskedAProviderAnotherOneUnderstands() throws Exception {
    try (Installation installation = new Installation();
        TestProvider provider = TestProvider.start()) {
      Node first = installation.start(OWN_MACHINE);
      Node second = installation.start(OWN_MACHINE);
      first
          .get(Staff.class)
          .create(
              new Staff.NewAccount(
                  "ada",
                  "Ada",
                  "ada@example.com",
                  null,
                  "vier Pferde trinken Tee",
                  Set.of(Role.SALES),
                  null,
                  null,
                  null));
      SignOnProvider made =
          first
              .get(SignOnProviders.class)
              .create(
                  new SignOnProviders.Wanted(
                      "Provider",
                      provider.issuer(),
                      TestProvider.CLIENT,
                      TestProvider.SECRET,
                      null,
                      null,
                      null,
                      null,
                      null));
      Awaitility.await()
          .atMost(Installation.PATIENCE)
          .untilAsserted(() -> assertThat(second.get(KnownProviders.class).active()).hasSize(1));
      provider.redirectsTo(root(first) + "/login/oauth2/code/" + made.id());
      provider.add("ada", new TestProvider.Person("ada@example.com", true, "Ada", List.of(), null));
      Surfer surfer = new Surfer();
      URI one = URI.create(root(first));
      URI other = URI.create(root(second));
      surfer
          .as("ada")
          .turned(
              to -> {
                if (!to.getPath().startsWith("/login/")) {
                  return to;
                }
                surfer.cookies(other).putAll(surfer.cookies(one));
                return URI.create(to.toString().replace(root(first), root(second)));
              });
      URI last = surfer.walk(root(first) + "/oauth2/authorization/" + made.id());
      assertThat(last.toString()).as(() -> surfer.way().toString()).isEqualTo(root(second) + "/");
      surfer.cookies(one).putAll(surfer.cookies(other));
      for (Node node : List.of(first, second)) {
        assertThat(surfer.get(URI.create(root(node) + "/api/v1/session")).body())
            .contains("\"login\":\"ada\"");
      }
    }
  }

  private static String root(Node node) {
    return "http://127.0.0.1:" + node.port();
  }
}
