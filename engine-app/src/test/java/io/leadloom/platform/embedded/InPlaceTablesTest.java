package io.leadloom.platform.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.db.MVTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ClassPathResource;

/** Rows that are changed where they stand are what H2's own tables would have. */
class InPlaceTablesTest {

  private static final String ENGINE =
      ";DEFAULT_TABLE_ENGINE=" + InPlaceTables.class.getName() + ";MODE=MySQL";

  @TempDir private Path folder;

  private Connection open(String options) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:h2:file:" + folder.resolve("store") + options, "sa", "");
  }

  private static void execute(Connection connection, String... orders) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String order : orders) {
        statement.execute(order);
      }
    }
  }

  private static List<String> column(Connection connection, String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private static void person(Connection connection) throws SQLException {
    execute(
        connection,
        "create table person (id bigint primary key, name varchar(20), city varchar(20), constraint"
            + " person_name unique (name))",
        "create index person_city on person (city, id)",
        "insert into person values (1, 'Asha', 'Pune'), (2, 'Ravi', 'Delhi'), (3, 'Mira', 'Pune')");
  }

  /** Which of the two kinds of tables it is: without the engine in the URL all else here would hold as well. */
  private static Class<?> kind(Connection connection, String table) throws SQLException {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return session.getDatabase().getMainSchema().getTableOrView(session, table).getClass();
  }

  @Test
  void tablesAreOfTheKindThatTheUrlNamesAlsoWhenTheyWereMadeWithoutIt() throws SQLException {
    try (Connection own = open(";MODE=MySQL")) {
      person(own);
      assertThat(kind(own, "PERSON")).isEqualTo(MVTable.class);
    }
    try (Connection connection = open(ENGINE)) {
      execute(connection, "create table later (id int primary key)");
      execute(connection, "create table letter (id int primary key, text clob)");
      assertThat(kind(connection, "PERSON")).hasSuperclass(MVTable.class);
      assertThat(kind(connection, "LATER").getEnclosingClass()).isEqualTo(InPlaceTables.class);
      assertThat(kind(connection, "LETTER")).isEqualTo(MVTable.class);
    }
  }

  /** What the application is started with. */
  @Test
  void theApplicationNamesThem() {
    YamlPropertiesFactoryBean settings = new YamlPropertiesFactoryBean();
    settings.setResources(new ClassPathResource("application.yml"));
    assertThat(settings.getObject())
        .extractingByKey("spring.datasource.url")
        .asString()
        .contains(";DEFAULT_TABLE_ENGINE=" + InPlaceTables.class.getName());
  }

  @Test
  void everyIndexFindsWhatARowBecameAndNotWhatItWas() throws SQLException {
    try (Connection connection = open(ENGINE)) {
      person(connection);
      execute(connection, "update person set city = 'Mumbai' where id = 1");
      assertThat(column(connection, "select id from person where city = 'Mumbai'"))
          .containsExactly("1");
      assertThat(column(connection, "select id from person where city = 'Pune'"))
          .containsExactly("3");
      assertThat(column(connection, "select city from person where name = 'Asha'"))
          .containsExactly("Mumbai");
      execute(connection, "update person set id = 9 where id = 1");
      assertThat(column(connection, "select id from person where city = 'Mumbai'"))
          .containsExactly("9");
      assertThat(column(connection, "select id from person order by id"))
          .containsExactly("2", "3", "9");
    }
  }

  @Test
  void aUniqueValueStaysUniqueAndARefusedChangeLeavesNothing() throws SQLException {
    try (Connection connection = open(ENGINE)) {
      person(connection);
      assertThatThrownBy(
              () ->
                  execute(connection, "update person set city = 'Goa', name = 'Ravi' where id = 1"))
          .isInstanceOf(SQLException.class)
          .extracting(failure -> ((SQLException) failure).getSQLState())
          .isEqualTo("23505");
      assertThat(column(connection, "select city from person where name = 'Asha'"))
          .containsExactly("Pune");
      assertThat(column(connection, "select id from person where city = 'Goa'")).isEmpty();
      // Several rows may swap their values.
      execute(connection, "update person set id = id + 1");
      assertThat(column(connection, "select id from person order by id"))
          .containsExactly("2", "3", "4");
    }
  }

  @Test
  void aRollBackTakesChangesAndTheirIndexEntriesBackAndOthersNeverSeeThem() throws SQLException {
    try (Connection connection = open(ENGINE);
        Connection other = open(ENGINE)) {
      person(connection);
      connection.setAutoCommit(false);
      execute(connection, "update person set city = 'Goa' where id = 1");
      assertThat(column(other, "select id from person where city = 'Goa'")).isEmpty();
      assertThat(column(other, "select id from person where city = 'Pune' order by id"))
          .containsExactly("1", "3");
      connection.rollback();
      assertThat(column(connection, "select id from person where city = 'Goa'")).isEmpty();
      execute(connection, "update person set city = 'Goa' where id = 1");
      connection.commit();
      assertThat(column(other, "select id from person where city = 'Goa'")).containsExactly("1");
    }
  }

  @Test
  void twoWhoChangeOneRowComeOneAfterTheOther() throws Exception {
    try (Connection connection = open(ENGINE);
        Connection other = open(ENGINE + ";LOCK_TIMEOUT=10000")) {
      execute(connection, "create table counter (id int primary key, total int)");
      execute(connection, "insert into counter values (1, 0)");
      List<Thread> threads = new ArrayList<>();
      for (Connection one : List.of(connection, other)) {
        Thread thread =
            new Thread(
                () -> {
                  try {
                    for (int i = 0; i < 200; i++) {
                      execute(one, "update counter set total = total + 1 where id = 1");
                    }
                  } catch (SQLException e) {
                    throw new IllegalStateException(e);
                  }
                });
        thread.start();
        threads.add(thread);
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(column(connection, "select total from counter")).containsExactly("400");
    }
  }

  @Test
  void largeObjectsOutliveChangesOfTheirRow() throws SQLException {
    try (Connection connection = open(ENGINE)) {
      execute(connection, "create table letter (id int primary key, text clob, seen boolean)");
      execute(connection, "insert into letter values (1, repeat('x', 100000), false)");
      execute(connection, "update letter set seen = true where id = 1");
      assertThat(column(connection, "select length(text) from letter")).containsExactly("100000");
    }
  }

  @Test
  void theFileIsTheSameForH2sOwnTables() throws SQLException {
    try (Connection own = open(";MODE=MySQL")) {
      person(own);
    }
    try (Connection connection = open(ENGINE)) {
      execute(connection, "update person set city = 'Goa' where id = 2");
      execute(connection, "create table later (id int primary key)");
    }
    try (Connection own = open(";MODE=MySQL")) {
      assertThat(column(own, "select id from person where city = 'Goa'")).containsExactly("2");
      assertThat(column(own, "script nodata")).noneMatch(line -> line.contains("ENGINE"));
    }
  }

  @Test
  void theStoreGathersMoreBeforeItWrites() throws SQLException {
    int own;
    try (Connection plain = open(";MODE=MySQL")) {
      person(plain);
      own = gathered(plain);
    }
    try (Connection again = open(ENGINE)) {
      long share = Math.min(128L << 20, Runtime.getRuntime().maxMemory() / 32);
      assertThat((long) gathered(again)).isEqualTo(Math.max(own, share));
    }
  }

  private static int gathered(Connection connection) throws SQLException {
    SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    return session.getDatabase().getStore().getMvStore().getAutoCommitMemory();
  }
}
