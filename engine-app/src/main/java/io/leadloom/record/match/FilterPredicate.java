package io.leadloom.record.match;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operand;
import io.leadloom.record.search.IdField;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Comparison;
import io.leadloom.schema.Field;
import io.leadloom.schema.OperandReader;
import io.leadloom.schema.Operators;
import io.leadloom.schema.Schema;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A filter as a predicate: for each live record the answer that a search by Leadloom itself gives at the same moment.
 * Static lists are named by their ids. Immutable.
 */
public final class FilterPredicate {

  private static final Set<String> PARTS_OF_NAME =
      Set.of("firstName", "lastName", "company", "email", "phone");

  /** What records get with every change, or never again. */
  private static final Set<String> WITH_EVERY_CHANGE = Set.of("updatedAt", "updatedBy");

  /** Later moments are not worth remembering, nor do databases hold all of them. */
  private static final Instant NEVER = Instant.parse("9000-01-01T00:00:00Z");

  private final Node root;
  private final Reads reads;

  private FilterPredicate(Node root, Reads reads) {
    this.root = root;
    this.reads = reads;
  }

  /**
   * Compiles a filter against field definitions.
   *
   * @param zone where days begin
   * @throws RefusedException (INVALID) when the filter names what is not there, or compares it as its type cannot be
   */
  public static FilterPredicate compile(
      Filter filter, EntityType entity, Schema schema, ZoneId zone) {
    Compiler compiler = new Compiler(entity, schema, zone);
    Node root = compiler.node(filter);
    return new FilterPredicate(root, compiler.reads());
  }

  public Reads reads() {
    return reads;
  }

  /** Whether the filter holds for the record now; for one in the trash it does not. */
  public boolean test(Facts facts, Instant now) {
    return facts.live() && root.test(facts, now);
  }

  /** When the answer changes although the record does not; null when it never does. */
  public @Nullable Instant nextChange(Facts facts, Instant now) {
    if (!reads.moving() || !facts.live()) {
      return null;
    }
    TreeSet<Instant> flips = new TreeSet<>();
    root.flips(facts, now, flips::add);
    boolean present = root.test(facts, now);
    for (Instant flip : flips) {
      if (flip.isBefore(NEVER) && root.test(facts, flip) != present) {
        return flip;
      }
    }
    return null;
  }

  /** Turns the parts of one filter into nodes and notes what they look at. */
  private static final class Compiler {

    private final EntityType entity;
    private final Schema schema;
    private final ZoneId zone;
    private final Set<String> fields = new HashSet<>();
    private final Set<String> tags = new HashSet<>();
    private final Set<Long> lists = new HashSet<>();
    private final Set<String> activities = new HashSet<>();
    private final Set<String> basis = new HashSet<>();
    private boolean anyField;
    private boolean moving;

    Compiler(EntityType entity, Schema schema, ZoneId zone) {
      this.entity = entity;
      this.schema = schema;
      this.zone = zone;
    }

    Reads reads() {
      return new Reads(fields, anyField, tags, lists, activities, basis, moving);
    }

    Node node(Filter filter) {
      if (filter instanceof Filter.And and) {
        return and.parts().size() == 1
            ? node(and.parts().get(0))
            : new Node.All(nodes(and.parts()));
      }
      if (filter instanceof Filter.Or or) {
        return new Node.Any(nodes(or.parts()));
      }
      if (filter instanceof Filter.Not not) {
        return new Node.Opposite(node(not.part()));
      }
      return test((Filter.Test) filter);
    }

    private List<Node> nodes(List<Filter> parts) {
      List<Node> nodes = new ArrayList<>();
      parts.forEach(part -> nodes.add(node(part)));
      return List.copyOf(nodes);
    }

    private Node test(Filter.Test test) {
      if (Operators.OF_EVENTS.contains(test.operator())) {
        throw refused(test, "an operator that needs no event");
      }
      return switch (test.operator()) {
        case HAS_TAG -> tag(test);
        case HAS_NO_TAG -> new Node.Opposite(tag(test));
        case IN_LIST -> list(test);
        case NOT_IN_LIST -> new Node.Opposite(list(test));
        case HAS_ACTIVITY -> activity(test);
        case HAS_NO_ACTIVITY -> new Node.Opposite(activity(test));
        default -> comparison(test);
      };
    }

    private Node comparison(Filter.Test test) {
      Field own = schema.field(entity, test.field()).orElse(null);
      if (own == null && test.field().equalsIgnoreCase(IdField.KEY)) {
        Comparison ofId = OperandReader.read(IdField.of(entity), test.operator(), test.operands());
        return ValueTest.of(IdField.KEY, ofId, null, zone);
      }
      if (own == null) {
        throw refused(test, "a field of " + entity.path());
      }
      look(own);
      Comparison comparison = OperandReader.read(own, test.operator(), test.operands());
      if (comparison instanceof Comparison.TimeRange range) {
        moving |= TimeTest.moves(range.from()) || TimeTest.moves(range.until());
      }
      if (comparison instanceof Comparison.DayRange range) {
        moving |= TimeTest.moves(range.from()) || TimeTest.moves(range.until());
      }
      return ValueTest.of(own.key(), comparison, own.names(), zone);
    }

    private void look(Field field) {
      ChoiceNames names = field.names();
      basis.add(names == null ? "" + field.id() : field.id() + ":" + mark(names));
      if (field.key().equals("name") && entity != EntityType.ACCOUNT) {
        fields.addAll(PARTS_OF_NAME);
      } else if (WITH_EVERY_CHANGE.contains(field.key())) {
        anyField = true;
      } else {
        fields.add(field.key());
      }
    }

    /** Another one when a choice is renamed, replaced or added. */
    private static String mark(ChoiceNames names) {
      List<String> all = new ArrayList<>();
      for (Schema.Choice choice : names.choices()) {
        all.add(choice.label() + names.forms(choice));
      }
      return Integer.toHexString(all.hashCode());
    }

    private Node tag(Filter.Test test) {
      String name = Objects.requireNonNullElse(Folded.of(text(test, "the name of a tag")), "");
      tags.add(name);
      return (facts, now) -> facts.tagged(name);
    }

    private Node list(Filter.Test test) {
      String named = text(test, "the id of a list");
      if (!named.matches("[0-9]{1,18}")) {
        throw refused(test, "the id of a list");
      }
      long id = Long.parseLong(named);
      lists.add(id);
      return (facts, now) -> facts.on(id);
    }

    private Node activity(Filter.Test test) {
      String named = text(test, "the key of an activity type");
      String type =
          schema
              .activityType(named)
              .orElseThrow(() -> refused(test, "the key of an activity type"))
              .key();
      activities.add(type);
      if (test.operands().size() == 1) {
        return TimeTest.Activity.ever(type, zone);
      }
      if (!(test.operands().get(1) instanceof Operand.Relative period)) {
        throw refused(test, "a period such as 7 days");
      }
      moving = true;
      return TimeTest.Activity.within(type, period.amount(), period.unit(), zone);
    }

    private static String text(Filter.Test test, String expectation) {
      Operand operand = test.operands().isEmpty() ? null : test.operands().get(0);
      String text = operand instanceof Operand.Literal literal ? literal.text().strip() : "";
      if (text.isEmpty()) {
        throw refused(test, expectation);
      }
      return text;
    }

    private static RefusedException refused(Filter.Test test, String expectation) {
      String what = test.field().isEmpty() ? test.operator().words() : test.field();
      return RefusedException.invalid(
          "The filter cannot be kept up", Violation.of(what, null, expectation));
    }
  }
}
