package io.leadloom.platform.audit;

import io.leadloom.platform.TimeConfiguration;
import io.leadloom.platform.vault.VaultConfiguration;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.JdbcTemplateAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * {@code java -jar leadloom.jar --leadloom.verify-audit}: verifies the audit trail without starting Leadloom. Needs the
 * database and the secret key that Leadloom uses; a database in an H2 file must not be in use.
 */
public final class AuditCommand {

  /** The argument that asks for it. */
  public static final String ARGUMENT = "--leadloom.verify-audit";

  private static final Logger LOG = LoggerFactory.getLogger(AuditCommand.class);
  private static final int INTACT = 0;
  private static final int BROKEN = 1;
  private static final int UNREADABLE = 2;
  private static final int UNVERIFIED = 3;

  private AuditCommand() {}

  /** Whether the arguments ask for it. */
  public static boolean asked(String... arguments) {
    return Arrays.asList(arguments).contains(ARGUMENT);
  }

  /**
   * Verifies and logs the result; returns the exit code: 0 intact, 1 broken, 2 not readable, 3 not all of it
   * could be checked.
   */
  public static int run(String... arguments) {
    try (ConfigurableApplicationContext context =
        new SpringApplicationBuilder(Parts.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .run(arguments)) {
      return report(context.getBean(AuditVerification.class).verify());
    } catch (RuntimeException e) {
      LOG.error(
          "The audit trail cannot be read. Is the database there, and not in use by a running Leadloom"
              + " (then verify on the page 'Audit trail')?",
          e);
      return UNREADABLE;
    }
  }

  private static int report(AuditVerification.Result result) {
    if (result.firstBroken() != null) {
      LOG.error(
          "The audit trail is BROKEN at entry {}: {}. {} entries before it are as they were written,"
              + " except for {} that could not be checked",
          result.firstBroken(),
          result.reason(),
          result.entries(),
          result.unverifiable());
      return BROKEN;
    }
    if (!result.intact()) {
      LOG.error(
          "The audit trail CANNOT BE VERIFIED: {} of {} entries were written with a key that the secret"
              + " key does not open, or stand where such a key was lost, which stays reported{}. Add the key"
              + " of that time to leadloom.previous-secret-keys to verify the others",
          result.unverifiable(),
          result.entries(),
          result.reason() == null ? "" : ", and " + result.reason());
      return UNVERIFIED;
    }
    LOG.info(
        "The audit trail is intact: {} entries, {} to {}, newest hash {}",
        result.entries(),
        result.first(),
        result.last(),
        result.head());
    return INTACT;
  }

  /** What verifying needs, and nothing else: no migrations, no engine, no web server, nothing that writes. */
  @ImportAutoConfiguration({
    DataSourceAutoConfiguration.class,
    DataSourceTransactionManagerAutoConfiguration.class,
    JdbcTemplateAutoConfiguration.class
  })
  @Import({
    AuditRows.class,
    AuditKeys.class,
    AuditVerification.class,
    VaultConfiguration.class,
    TimeConfiguration.class
  })
  static class Parts {}
}
