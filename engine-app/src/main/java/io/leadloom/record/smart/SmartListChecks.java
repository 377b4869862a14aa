package io.leadloom.record.smart;

import io.leadloom.identity.Role;
import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Lists;
import io.leadloom.record.Records;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What can be said of a smart list, and by whom. */
@Component
class SmartListChecks {

  private static final int MOST_COLUMNS = 100;
  private static final int MOST_SHARES = 500;

  private final Records records;
  private final Lists lists;
  private final Schemas schemas;
  private final Users users;

  SmartListChecks(Records records, Lists lists, Schemas schemas, Users users) {
    this.records = records;
    this.lists = lists;
    this.schemas = schemas;
    this.users = users;
  }

  static EntityType entity(@Nullable String key) {
    EntityType type = key == null ? null : EntityType.of(key).orElse(null);
    if (type == null || !type.root()) {
      throw RefusedException.invalid(
          "There are no smart lists of that",
          Violation.of("entity", key, "lead, contact, account or opportunity"));
    }
    return type;
  }

  /** ENG-077: no list without a name. */
  static String name(@Nullable String name) {
    String kept = name == null ? "" : name.strip();
    if (kept.isEmpty() || kept.length() > 250 || kept.chars().anyMatch(Character::isISOControl)) {
      throw RefusedException.invalid(
          "The name of the list is not acceptable",
          Violation.of("name", name, "1 to 250 characters on one line"));
    }
    return kept;
  }

  /** The filter in canonical form, with static lists by their ids; refuses what the viewer could not search for. */
  String filter(EntityType entity, String text, Viewer viewer) {
    Filter filter = byId(FilterGrammar.parse(text), viewer);
    records.as(viewer.rights()).check(entity, filter, schemas.current());
    String printed = FilterGrammar.print(filter);
    if (printed.length() > FilterGrammar.MAX_LENGTH) {
      throw RefusedException.invalid(
          "The filter is too large",
          Violation.of("filter", null, "at most " + FilterGrammar.MAX_LENGTH + " characters"));
    }
    return printed;
  }

  /** Whether somebody may ask what a list asks: who is in it tells of the fields and static lists that it names. */
  boolean mayAsk(SmartList list, Viewer viewer) {
    if (viewer.rights().everything()) {
      return true;
    }
    try {
      filter(list.entity(), list.filter(), viewer);
      return true;
    } catch (RefusedException e) {
      return false;
    }
  }

  private Filter byId(Filter filter, Viewer viewer) {
    if (filter instanceof Filter.And and) {
      return new Filter.And(and.parts().stream().map(part -> byId(part, viewer)).toList());
    }
    if (filter instanceof Filter.Or or) {
      return new Filter.Or(or.parts().stream().map(part -> byId(part, viewer)).toList());
    }
    if (filter instanceof Filter.Not not) {
      return new Filter.Not(byId(not.part(), viewer));
    }
    Filter.Test test = (Filter.Test) filter;
    if (test.operator() != Operator.IN_LIST && test.operator() != Operator.NOT_IN_LIST) {
      return test;
    }
    String named = test.operands().get(0) instanceof Operand.Literal literal ? literal.text() : "";
    // Membership of a list that one does not see must not show in a list of one's own.
    Lists.StaticList list =
        lists
            .find(named)
            .flatMap(found -> lists.find(found.id(), viewer.rights(), Action.VIEW))
            .orElseThrow(
                () ->
                    RefusedException.invalid(
                        "The filter names a list that is not there",
                        Violation.of("filter", named, "the id or name of an existing list")));
    return new Filter.Test(
        "", test.operator(), List.of(new Operand.Literal(Long.toString(list.id()))));
  }

  /** The key of a field that lists can be sorted by, with its minus; null for the usual order. */
  @Nullable String sort(EntityType entity, @Nullable String sort, Viewer viewer) {
    if (sort == null || sort.isBlank()) {
      return null;
    }
    boolean descending = sort.startsWith("-");
    Field field = field(entity, descending ? sort.substring(1) : sort, "sort", viewer);
    if (field.type() == FieldType.LONG_TEXT || field.type() == FieldType.MULTI_SELECT) {
      throw RefusedException.invalid(
          field.label() + " cannot be sorted by",
          Violation.of("sort", sort, "a field with one short value"));
    }
    return (descending ? "-" : "") + field.key();
  }

  List<String> columns(EntityType entity, List<String> keys, Viewer viewer) {
    if (keys.size() > MOST_COLUMNS) {
      throw RefusedException.invalid(
          "Too many columns",
          Violation.of("columns", keys.size(), "at most " + MOST_COLUMNS + " columns"));
    }
    Set<String> known = new LinkedHashSet<>();
    keys.forEach(key -> known.add(field(entity, key, "columns", viewer).key()));
    return List.copyOf(known);
  }

  private Field field(EntityType entity, String key, String property, Viewer viewer) {
    Schema schema = schemas.current().visibleTo(viewer.rights());
    return schema
        .field(entity, key)
        .orElseThrow(
            () ->
                RefusedException.invalid(
                    "There is no such field",
                    Violation.of(property, key, "the key of a field of " + entity.path())));
  }

  /** Who looks, by what he may do; those who are no users have no lists of their own. */
  Viewer viewer(Rights rights) {
    Long user = rights.userId();
    Set<String> roles =
        user == null
            ? Set.of()
            : users.roles(user).stream().map(Role::key).collect(Collectors.toSet());
    return new Viewer(user == null ? 0 : user, roles, rights);
  }

  Set<Long> users(Set<Long> wanted) {
    bounded(wanted, "users");
    for (Long id : wanted) {
      if (users.find(id).isEmpty()) {
        throw RefusedException.invalid(
            "There is no such user", Violation.of("users", id, "the id of an existing user"));
      }
    }
    return wanted;
  }

  static Set<String> roles(Set<String> wanted) {
    bounded(wanted, "roles");
    Role.ofKeys(wanted);
    return wanted;
  }

  private static void bounded(Set<?> wanted, String property) {
    if (wanted.size() > MOST_SHARES) {
      throw RefusedException.invalid(
          "The list is shared with too many",
          Violation.of(property, wanted.size(), "at most " + MOST_SHARES));
    }
  }
}
