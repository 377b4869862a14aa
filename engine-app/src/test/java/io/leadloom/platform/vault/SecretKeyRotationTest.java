package io.leadloom.platform.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.testing.LeadloomTest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@LeadloomTest(
    properties = {
      "leadloom.test.database=rotation",
      "leadloom.secret-key=AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=",
      "leadloom.previous-secret-keys=AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="
    })
class SecretKeyRotationTest {

  @Autowired private Rotation rotation;
  @Autowired private SealedKeys keys;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private TransactionTemplate transaction;

  private static VaultSettings settings(int key, boolean accept) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) key);
    String text = Base64.getEncoder().encodeToString(bytes);
    return new VaultSettings(text, Path.of("unused"), List.of(), accept);
  }

  private static Vault vault(int key) {
    return new VaultConfiguration().vault(settings(key, false));
  }

  private VaultCheck check(int key, boolean accept) {
    return new VaultCheck(jdbc, vault(key), settings(key, accept), transactions);
  }

  @Test
  void whatAnOldKeySealedIsReadableAndIsSealedAgainWithThePresentOne() {
    byte[] old = vault(1).seal("whsec-0123456789abcdef", "webhook-secret:old");
    transaction.executeWithoutResult(
        status ->
            jdbc.update(
                "insert into webhook_secret (name, sealed, created_at, updated_at)"
                    + " values ('old', ?, now(), now())",
                old));
    rotation.run();
    byte[] fresh =
        jdbc.queryForObject("select sealed from webhook_secret where name = 'old'", byte[].class);
    assertThat(vault(2).open(fresh, "webhook-secret:old")).isEqualTo("whsec-0123456789abcdef");
    rotation.run();
    assertThat(
            jdbc.queryForObject(
                "select sealed from webhook_secret where name = 'old'", byte[].class))
        .as("sealed once only")
        .isEqualTo(fresh);
  }

  @Test
  void oneSecretThatNoKeyOpensDoesNotKeepTheOthersOnTheOldKey() {
    byte[] lost = vault(9).seal("lost", "webhook-secret:a-lost");
    byte[] old = vault(1).seal("kept", "webhook-secret:b-old");
    transaction.executeWithoutResult(
        status -> {
          for (Map.Entry<String, byte[]> row : Map.of("a-lost", lost, "b-old", old).entrySet()) {
            jdbc.update(
                "insert into webhook_secret (name, sealed, created_at, updated_at)"
                    + " values (?, ?, now(), now())",
                row.getKey(),
                row.getValue());
          }
        });
    rotation.run();
    assertThat(vault(2).open(sealed("b-old"), "webhook-secret:b-old")).isEqualTo("kept");
    assertThat(sealed("a-lost")).isEqualTo(lost);
  }

  private byte[] sealed(String name) {
    return jdbc.queryForObject(
        "select sealed from webhook_secret where name = ?", byte[].class, name);
  }

  @Test
  void aNodeWithAnotherKeyDoesNotStartAndSaysWhatToDo() {
    keys.hmac("rotation-test");
    assertThatThrownBy(() -> check(3, false).afterSingletonsInstantiated())
        .isInstanceOf(ForeignKeyException.class)
        .satisfies(
            problem ->
                assertThat(
                        new ForeignKeyAnalyzer()
                            .analyze(problem, (ForeignKeyException) problem)
                            .getAction())
                    .contains("leadloom.secret-key", "leadloom.accept-new-secret-key"));
    assertThatCode(() -> check(2, false).afterSingletonsInstantiated()).doesNotThrowAnyException();
    transaction.executeWithoutResult(
        status -> {
          check(3, true).afterSingletonsInstantiated();
          assertThatThrownBy(() -> check(2, false).afterSingletonsInstantiated())
              .isInstanceOf(ForeignKeyException.class);
          status.setRollbackOnly();
        });
    assertThatCode(() -> check(2, false).afterSingletonsInstantiated()).doesNotThrowAnyException();
  }
}
