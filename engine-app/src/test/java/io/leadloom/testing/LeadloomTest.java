package io.leadloom.testing;

import io.leadloom.Leadloom;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.ContextConfiguration;

/**
 * A test against the whole application with a real database, a web server on a free port, {@code MockMvc} and a
 * {@link MutableClock}.
 *
 * <p>All tests that carry the annotation without properties share one context and so one database: they make their own
 * records with names of their own and do not count whole tables. A test that needs an empty database, or other settings,
 * names {@link #properties()}; each distinct set starts another context (some seconds), so be sparing. Setting
 * {@code leadloom.test.database=<any name>} alone gives an empty database.
 *
 * <p>The database is H2 in memory. When the environment variables {@code LEADLOOM_TEST_MYSQL_URL}, {@code
 * LEADLOOM_TEST_MYSQL_USER} and {@code LEADLOOM_TEST_MYSQL_PASSWORD} name a MySQL server, Maven runs these tests (tag
 * {@code database}) a second time on it, each context in a fresh schema.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@SpringBootTest(
    classes = Leadloom.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureMockMvc
@ContextConfiguration(initializers = TestDatabaseInitializer.class)
@ActiveProfiles(resolver = DatabaseProfile.class)
@Import({TestClockConfiguration.class, TestSchemas.class, TestUsers.class})
@ExtendWith(ClockReset.class)
@Tag("database")
public @interface LeadloomTest {

  /** Settings that differ from {@code application.yml}, as {@code key=value}. */
  @AliasFor(annotation = SpringBootTest.class, attribute = "properties")
  String[] properties() default {};
}
