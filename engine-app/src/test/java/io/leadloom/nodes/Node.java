package io.leadloom.nodes;

import io.leadloom.Leadloom;
import io.leadloom.journal.Journal;
import io.leadloom.journal.JournalEntry;
import io.leadloom.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** The whole application as one of several nodes in this process, without the beans of tests. */
final class Node implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final CountingJournal journal;

  private Node(ConfigurableApplicationContext context) {
    this.context = context;
    this.journal = context.getBean(CountingJournal.class);
  }

  /** Starts a node on a database, with settings as {@code --key=value}. */
  static Node start(TestDatabase database, String... settings) {
    List<String> arguments = new ArrayList<>(List.of(settings));
    arguments.add("--server.port=0");
    arguments.add("--leadloom.sample-data=false");
    arguments.add("--leadloom.webhooks.protection=false");
    database.properties().forEach((key, value) -> arguments.add("--" + key + "=" + value));
    return new Node(
        new SpringApplicationBuilder(Leadloom.class)
            .profiles(TestDatabase.onMySql() ? new String[] {"mysql"} : new String[0])
            .initializers(Node::prepare)
            .run(arguments.toArray(String[]::new)));
  }

  private static void prepare(ConfigurableApplicationContext context) {
    context.getBeanFactory().registerSingleton("notTheTests", new NotTheTests());
    ((GenericApplicationContext) context)
        .registerBean(
            "countingJournal",
            CountingJournal.class,
            () -> new CountingJournal(context),
            definition -> definition.setPrimary(true));
  }

  /** Where the node answers. */
  int port() {
    return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  <T> T get(Class<T> type) {
    return context.getBean(type);
  }

  /** How many journal entries this node has written on threads whose names begin like this. */
  long written(String threads) {
    return journal.written.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(threads))
        .mapToLong(entry -> entry.getValue().sum())
        .sum();
  }

  @Override
  public void close() {
    context.close();
  }

  /** Keeps what the tests' class path has out of the application. */
  private static final class NotTheTests extends TypeExcludeFilter {

    @Override
    public boolean match(MetadataReader reader, MetadataReaderFactory factory) {
      return String.valueOf(reader.getResource()).contains("test-classes");
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other != null && other.getClass() == getClass();
    }

    @Override
    public int hashCode() {
      return Objects.hash(getClass());
    }
  }

  /** The node's journal, which also counts who writes: every node has threads of the same names. */
  private static final class CountingJournal implements Journal {

    private final Map<String, LongAdder> written = new ConcurrentHashMap<>();
    private final ConfigurableApplicationContext context;

    CountingJournal(ConfigurableApplicationContext context) {
      this.context = context;
    }

    @Override
    public void append(List<JournalEntry> entries) {
      context.getBean("journal", Journal.class).append(entries);
      written
          .computeIfAbsent(Thread.currentThread().getName(), thread -> new LongAdder())
          .add(entries.size());
    }
  }
}
