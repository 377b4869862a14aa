package io.leadloom.platform.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.platform.vault.Vault;
import io.leadloom.platform.vault.VaultConfiguration;
import io.leadloom.testing.LeadloomTest;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.Environment;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Who tampers with the trail in the database is found out. */
@LeadloomTest(properties = "leadloom.test.database=audit")
class AuditVerificationTest {

  private static final String ONE_KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=";
  private static final String OTHER_KEY = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI=";

  @Autowired private AuditTrail trail;
  @Autowired private AuditLog log;
  @Autowired private AuditVerification verification;
  @Autowired private AuditRows rows;
  @Autowired private AuditKeys keys;
  @Autowired private JdbcTemplate jdbc;
  @Autowired private TransactionTemplate transaction;
  @Autowired private Environment environment;
  @Autowired private Vault vault;
  @Autowired private Clock clock;
  @Autowired private PlatformTransactionManager transactions;
  @Autowired private EntityManager entityManager;

  private static String name() {
    return "thing " + UUID.randomUUID();
  }

  private static AuditEvent event(String name) {
    return AuditEvent.of("setting.changed", "setting", "test", name).change("a", "1", "2");
  }

  private List<AuditEntry> named(String name) {
    return log.before(new AuditLog.Filter(null, null, null, null, null, null, name), null, 50)
        .entries();
  }

  @Test
  void whoChangesAnEntryInTheDatabaseIsFoundOut() {
    String name = name();
    trail.record(event(name));
    trail.record(event(name()));
    long seq = named(name).get(0).seq();
    for (String part :
        List.of(
            "actor_name = 'somebody'",
            "detail = '[]'",
            "at = '2020-01-01 00:00:00'",
            "action = 'user.changed'",
            "hash = x'00'")) {
      String column = part.substring(0, part.indexOf(' '));
      Object before =
          jdbc.queryForObject(
              "select " + column + " from audit_entry where seq = ?", Object.class, seq);
      change("update audit_entry set " + part + " where seq = ?", seq);
      AuditVerification.Result broken = verification.verify();
      assertThat(broken.firstBroken()).as(part).isEqualTo(seq);
      change("update audit_entry set " + column + " = ? where seq = ?", before, seq);
      assertThat(verification.verify().intact()).as(part).isTrue();
    }
  }

  private void change(String sql, Object... values) {
    transaction.executeWithoutResult(status -> jdbc.update(sql, values));
  }

  @Test
  void whoRemovesEntriesIsFoundOutAlsoAtTheEnds() {
    trail.record(event(name()));
    trail.record(event(name()));
    trail.record(event(name()));
    AuditChain.Head head = rows.head();
    transaction.executeWithoutResult(
        status -> {
          jdbc.update("delete from audit_entry where seq = ?", head.seq() - 1);
          assertThat(verification.verify().firstBroken()).isEqualTo(head.seq() - 1);
          status.setRollbackOnly();
        });
    transaction.executeWithoutResult(
        status -> {
          // The last entry goes and the head is set to the one before, as somebody would who knows
          // the tables.
          jdbc.update("delete from audit_entry where seq = ?", head.seq());
          jdbc.update(
              "update audit_head set head_seq = ?, head_hash = (select hash from audit_entry where seq = ?)",
              head.seq() - 1,
              head.seq() - 1);
          AuditVerification.Result broken = verification.verify();
          assertThat(broken.intact()).isFalse();
          assertThat(broken.reason()).contains("missing");
          status.setRollbackOnly();
        });
    transaction.executeWithoutResult(
        status -> {
          // All goes, as if nothing had ever been written.
          jdbc.update("delete from audit_entry");
          jdbc.update(
              "update audit_head set head_seq = 0, head_hash = x'00', base_seq = 0, base_hash = x'00', mac = x'00'");
          assertThat(verification.verify().intact()).isFalse();
          status.setRollbackOnly();
        });
    assertThat(verification.verify().intact()).isTrue();
  }

  @Test
  void whatNamesAKeyThatThereNeverWasIsBrokenAndNotMerelyUnverifiable() {
    String name = name();
    trail.record(event(name));
    trail.record(event(name()));
    long seq = named(name).get(0).seq();
    for (int generation : List.of(99, 0)) {
      change(
          "update audit_entry set key_generation = ?, actor_name = 'x' where seq = ?",
          generation,
          seq);
      AuditVerification.Result found = verification.verify();
      assertThat(found.intact()).isFalse();
      assertThat(found.firstBroken()).isEqualTo(seq);
      change("update audit_entry set key_generation = 1, actor_name = 'system' where seq = ?", seq);
      change("update audit_head set key_generation = ?", generation);
      found = verification.verify();
      assertThat(found.intact()).isFalse();
      assertThat(found.firstBroken()).isNotNull();
      change("update audit_head set key_generation = 1");
    }
    assertThat(verification.verify().intact()).isTrue();
  }

  @Test
  void anEmptiedTrailIsNotTakenForANewOne() {
    trail.record(event(name()));
    transaction.executeWithoutResult(
        status -> {
          jdbc.update("delete from audit_entry");
          jdbc.update(
              "update audit_head set head_seq = 0, head_hash = x'00', base_seq = 0, base_hash = x'00',"
                  + " key_generation = 0, mac = x'00'");
          assertThat(verification.verify().intact()).isFalse();
          status.setRollbackOnly();
        });
    assertThat(verification.verify().intact()).isTrue();
  }

  @Test
  void whatALostSecretKeyLeavesUncheckedIsNotSaidToBeIntact() {
    trail.record(event(name()));
    byte[] sealed =
        jdbc.queryForObject("select sealed from audit_key where generation = 1", byte[].class);
    change("update audit_key set sealed = ? where generation = 1", new byte[60]);
    try {
      AuditVerification.Result found = verification.verify();
      assertThat(found.intact()).isFalse();
      assertThat(found.firstBroken()).isNull();
      assertThat(found.unverifiable()).isEqualTo(found.entries()).isPositive();
      assertThat(AuditCommand.run(command())).isEqualTo(3);
    } finally {
      change("update audit_key set sealed = ? where generation = 1", sealed);
    }
    assertThat(verification.verify().intact()).isTrue();
  }

  @Test
  void anEndUnderAKeyThatSomebodyElsePutThereIsNeverSealedAgain() {
    for (boolean known : new boolean[] {false, true}) {
      anEndUnderAnotherKeyIsNeverSealed(known);
    }
  }

  /** With a key that is there nothing is written any more; with one that is not, what is written shows. */
  private void anEndUnderAnotherKeyIsNeverSealed(boolean known) {
    trail.record(event(name()));
    trail.record(event(name()));
    AuditChain.Head head = rows.head();
    byte[] before =
        jdbc.queryForObject(
            "select hash from audit_entry where seq = ?", byte[].class, head.seq() - 1);
    if (known) {
      change("insert into audit_key (generation, sealed) values (99, ?)", new byte[60]);
    }
    try {
      // The last entry goes, and the end is said to be under a key that nobody can open.
      change("delete from audit_entry where seq = ?", head.seq());
      change(
          "update audit_head set head_seq = ?, head_hash = ?, key_generation = 99, mac = x'00'",
          head.seq() - 1,
          before);
      if (known) {
        assertThatThrownBy(() -> trail.record(event(name())))
            .isInstanceOf(NonTransientDataAccessResourceException.class);
      } else {
        trail.record(event(name()));
      }
      AuditVerification.Result found = verification.verify();
      assertThat(found.intact()).isFalse();
      assertThat(found.reason()).contains(known ? "cannot be opened" : "ends of the trail");
    } finally {
      change("delete from audit_key where generation = 99");
      sealAgain(rows.head().seq(), rows.head().hash());
    }
    assertThat(verification.verify().intact()).isTrue();
  }

  @Test
  void aTrailThatGoesOnUnderANewKeySaysThatWhatWasBeforeCannotBeChecked() {
    trail.record(event(name()));
    AuditChain.Head head = rows.head();
    change("insert into audit_key (generation, sealed) values (99, ?)", new byte[60]);
    try {
      // As after a restart: the newest key cannot be opened.
      assertThat(new AuditKeys(rows, jdbc, vault, clock, transactions).current().generation())
          .isEqualTo(100);
      AuditVerification.Result found = verification.verify();
      assertThat(found.intact()).isFalse();
      assertThat(found.firstBroken()).isNull();
      assertThat(found.unverifiable()).isEqualTo(1);
      assertThat(found.last()).isEqualTo(head.seq() + 1);
    } finally {
      forgetKeysAfter(head);
    }
    assertThat(verification.verify().intact()).isTrue();
  }

  private static Vault vault(String... settings) {
    AtomicReference<Vault> made = new AtomicReference<>();
    new ApplicationContextRunner()
        .withUserConfiguration(VaultConfiguration.class)
        .withPropertyValues(settings)
        .run(context -> made.set(context.getBean(Vault.class)));
    return made.get();
  }

  private AuditKeys keys(String... settings) {
    return new AuditKeys(rows, jdbc, vault(settings), clock, transactions);
  }

  @Test
  void aNodeThatCannotOpenTheKeyThatAnotherOneHasGoneOnUnderWritesNothingAndSaysWhy() {
    trail.record(event(name()));
    AuditChain.Head head = rows.head();
    String refused = name();
    try {
      assertThat(keys("leadloom.secret-key=" + ONE_KEY).current().generation()).isEqualTo(2);
      for (Runnable way :
          List.<Runnable>of(
              () -> trail.record(event(refused)), () -> trail.recordApart(event(refused)))) {
        assertThatThrownBy(way::run)
            .isInstanceOf(NonTransientDataAccessResourceException.class)
            .hasMessageContaining("leadloom.secret-key");
      }
      assertThat(named(refused)).isEmpty();
      AuditVerification.Result found = verification.verify();
      assertThat(found.intact()).isFalse();
      assertThat(found.firstBroken()).isNull();
    } finally {
      forgetKeysAfter(head);
    }
    assertThat(verification.verify().intact()).isTrue();
  }

  @Test
  void aNodeThatCanOpenTheKeyThatAnotherOneHasGoneOnUnderGoesOnUnderItToo() {
    trail.record(event(name()));
    AuditChain.Head head = rows.head();
    String name = name();
    try {
      AuditKeys both =
          keys("leadloom.secret-key=" + ONE_KEY, "leadloom.previous-secret-keys=" + OTHER_KEY);
      assertThat(both.current().generation()).isEqualTo(2);
      assertThat(keys("leadloom.secret-key=" + OTHER_KEY).current().generation()).isEqualTo(3);
      new ChainedAuditTrail(rows, both, clock, entityManager, transactions).record(event(name));
      assertThat(
              jdbc.queryForObject(
                  "select key_generation from audit_entry where seq = ?",
                  Integer.class,
                  named(name).get(0).seq()))
          .isEqualTo(3);
      AuditVerification.Result found = new AuditVerification(rows, both, transactions).verify();
      assertThat(found.firstBroken()).isNull();
      assertThat(found.reason()).isNull();
    } finally {
      forgetKeysAfter(head);
    }
    assertThat(verification.verify().intact()).isTrue();
  }

  private void forgetKeysAfter(AuditChain.Head head) {
    change("delete from audit_entry where seq > ?", head.seq());
    change("delete from audit_key where generation > 1");
    sealAgain(head.seq(), head.hash());
  }

  private void sealAgain(long seq, byte[] hash) {
    transaction.executeWithoutResult(
        status -> {
          AuditChain.Head head = rows.lockHead();
          rows.setHead(
              ChainedAuditTrail.sealed(
                  keys.current(), true, seq, hash, head.baseSeq(), head.baseHash()));
        });
  }

  @Test
  void aBrokenEndStaysBrokenWhenMoreIsWritten() {
    trail.record(event(name()));
    change("update audit_head set mac = x'0102'");
    try {
      trail.record(event(name()));
      AuditVerification.Result found = verification.verify();
      assertThat(found.intact()).isFalse();
      assertThat(found.reason()).contains("ends of the trail");
    } finally {
      sealAgain(rows.head().seq(), rows.head().hash());
    }
    assertThat(verification.verify().intact()).isTrue();
  }

  @Test
  void theHeadIsSealedFromTheFirstStartOn() {
    assertThat(rows.head().generation()).isPositive();
  }

  private String[] command() {
    return new String[] {
      AuditCommand.ARGUMENT,
      "--spring.datasource.url=" + environment.getProperty("spring.datasource.url"),
      "--spring.datasource.username=" + environment.getProperty("spring.datasource.username"),
      "--spring.datasource.password=" + environment.getProperty("spring.datasource.password"),
    };
  }

  @Test
  void theCommandLineVerifiesAndSaysWhatIsBroken() {
    trail.record(event(name()));
    String[] arguments = command();
    assertThat(AuditCommand.asked(arguments)).isTrue();
    assertThat(AuditCommand.run(arguments)).isZero();
    long seq = rows.head().seq();
    change("update audit_entry set actor_name = 'nobody' where seq = ?", seq);
    try {
      assertThat(AuditCommand.run(arguments)).isOne();
    } finally {
      change("update audit_entry set actor_name = 'system' where seq = ?", seq);
    }
  }
}
