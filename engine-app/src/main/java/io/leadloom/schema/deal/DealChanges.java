package io.leadloom.schema.deal;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Changes definitions in one transaction, which all nodes hear of. */
@Component
class DealChanges {

  private static final int LONGEST = 250;

  private final JdbcTemplate jdbc;
  private final Schemas schemas;
  private final TransactionTemplate transaction;
  private final ObjectProvider<FieldDefinitions.Uses> rooms;

  DealChanges(
      JdbcTemplate jdbc,
      Schemas schemas,
      PlatformTransactionManager transactions,
      ObjectProvider<FieldDefinitions.Uses> rooms) {
    this.rooms = rooms;
    this.jdbc = jdbc;
    this.schemas = schemas;
    this.transaction = new TransactionTemplate(transactions);
  }

  <T> T in(Supplier<T> change) {
    T result;
    try {
      result =
          transaction.execute(
              status -> {
                jdbc.update("update schema_state set version = version + 1 where id = 1");
                T changed = change.get();
                rooms.orderedStream().forEach(FieldDefinitions.Uses::dealsChanged);
                return changed;
              });
    } catch (DuplicateKeyException e) {
      throw refused("name", null, "a name that no other one has");
    }
    schemas.latest();
    return Objects.requireNonNull(result);
  }

  /** What uses something that opportunities would no longer be made of. */
  List<FieldDefinitions.Use> uses(Deals left) {
    List<FieldDefinitions.Use> uses = new ArrayList<>();
    rooms.orderedStream().forEach(room -> uses.addAll(room.withOnly(left)));
    return uses;
  }

  /** A name, checked. */
  static String name(String field, @Nullable String given) {
    String name = given == null ? "" : given.strip();
    if (name.isEmpty()
        || name.length() > LONGEST
        || name.chars().anyMatch(Character::isISOControl)
        || name.matches("[0-9]+")) {
      throw refused(
          field, given, "1 to " + LONGEST + " characters on one line that are not digits alone");
    }
    return name;
  }

  static RefusedException refused(String field, @Nullable Object value, String expectation) {
    return RefusedException.invalid(
        "The definition is not acceptable", Violation.of(field, value, expectation));
  }
}
