package io.leadloom.testing;

import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** Gives each application context a database of its own and drops it after the context's last bean has gone. */
class TestDatabaseInitializer
    implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    TestDatabase database = TestDatabase.fresh();
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("test database", Map.copyOf(database.properties())));
    // Tests that share a database write people with the addresses of others; those of duplicates
    // say
    // otherwise.
    context
        .getEnvironment()
        .getPropertySources()
        .addLast(
            new MapPropertySource(
                "test settings", Map.of("leadloom.general.duplicate-contacts", "true")));
    // Disposable beans go in the reverse order of their registration: this one, registered first,
    // goes last.
    ((DefaultListableBeanFactory) context.getBeanFactory())
        .registerDisposableBean("testDatabase", database::close);
  }
}
