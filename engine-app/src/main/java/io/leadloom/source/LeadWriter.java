package io.leadloom.source;

import io.leadloom.identity.Users;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Violation;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.FieldRules;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.leadloom.source.Arrival.State;
import io.leadloom.source.Integration.Known;
import io.leadloom.source.Integration.Mapped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Makes a lead of what has come in, by the one way in which records are written (LEAD-128, LEAD-217): it carries the source
 * of its integration, and mandatory fields may stay empty.
 */
@Component
class LeadWriter {

  private static final String SOURCE = "source";
  private static final String OWNER = "owner";
  private static final List<String> WAYS = List.of("email", "phone");

  /** So many leads of one person are looked at. */
  private static final int MOST_KNOWN = 20;

  private final Records records;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final FieldRules rules;
  private final Users users;
  private final Ways ways;

  LeadWriter(
      Records records,
      Schemas schemas,
      FieldConversion conversion,
      FieldRules rules,
      Users users,
      Ways ways) {
    this.records = records;
    this.schemas = schemas;
    this.conversion = conversion;
    this.rules = rules;
    this.users = users;
    this.ways = ways;
  }

  /** What became of a delivery. */
  record Written(State state, @Nullable Long lead, List<Violation> problems) {

    private static Written refused(List<Violation> problems) {
      return new Written(State.REFUSED, null, problems);
    }
  }

  /** Writes in the transaction at hand. */
  Written write(Integration integration, Map<String, String> given) {
    Schema schema = schemas.current();
    List<Violation> problems = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    Values values = read(integration, given, schema, names, problems);
    if (values.isEmpty() && problems.isEmpty()) {
      problems.add(nothing(integration, given));
    }
    if (!problems.isEmpty()) {
      return Written.refused(problems);
    }
    Record known = integration.known() == Known.CREATE ? null : open(schema, values);
    if (known != null && integration.known() == Known.KEEP) {
      return new Written(State.UNCHANGED, known.ref().id(), List.of());
    }
    RecordCommand command;
    if (known == null) {
      values.with(SOURCE, source(schema, integration));
      Long owner = integration.owner();
      if (owner != null
          && values.get(OWNER) == null
          && users.find(owner).filter(Users.Person::active).isPresent()) {
        values.with(OWNER, owner);
      }
      command = new RecordCommand.Create(EntityType.LEAD, null, values, false);
    } else {
      Values fresh = Values.none();
      values
          .asMap()
          .forEach(
              (key, value) -> {
                boolean taken = !integration.kind().replaces() && !empty(known.values().get(key));
                if (!key.equals(OWNER) && !taken) {
                  fresh.with(key, value);
                }
              });
      command = new RecordCommand.Update(known.ref(), null, fresh);
    }
    WriteResult result = records.write(List.of(command), cause(integration)).get(0);
    if (result instanceof WriteResult.Written written) {
      State state =
          written.created() ? State.CREATED : written.changed() ? State.UPDATED : State.UNCHANGED;
      return new Written(state, written.ref().id(), List.of());
    }
    if (result instanceof WriteResult.Refused refused) {
      return Written.refused(
          refused.violations().stream()
              .map(
                  violation ->
                      new Violation(
                          names.getOrDefault(violation.field(), violation.field()),
                          violation.value(),
                          violation.expectation()))
              .toList());
    }
    return Written.refused(
        List.of(Violation.of("lead", null, "a lead that can be written: " + result)));
  }

  private static boolean empty(@Nullable Object value) {
    return value == null || value instanceof Collection<?> several && several.isEmpty();
  }

  /** Who writes, as histories of leads name it. */
  static Cause cause(Integration integration) {
    return new Cause(Cause.Kind.CONNECTOR, null, integration.name(), List.of());
  }

  private Values read(
      Integration integration,
      Map<String, String> given,
      Schema schema,
      Map<String, String> names,
      List<Violation> problems) {
    Values values = Values.none();
    for (Mapped mapped : integration.mapping()) {
      String text = given.get(mapped.outside());
      Field field = schema.field(EntityType.LEAD, mapped.field()).orElse(null);
      if (field == null || text == null || text.isBlank() || values.has(field.key())) {
        continue;
      }
      names.put(field.key(), mapped.outside());
      Converted converted = converted(field, text);
      if (converted instanceof Converted.Value value) {
        values.with(field.key(), value.value());
      } else if (converted instanceof Converted.Wrong wrong) {
        problems.add(Violation.of(mapped.outside(), text, wrong.expectation()));
      }
    }
    return values;
  }

  private Converted converted(Field field, String text) {
    if (field.type() == FieldType.USER && !text.strip().matches("[0-9]{1,18}")) {
      return users
          .byLogin(text.strip())
          .<Converted>map(person -> Converted.of(person.id()))
          .orElseGet(() -> new Converted.Wrong("the login or id of a user"));
    }
    return conversion.fromText(field, text);
  }

  private static Violation nothing(Integration integration, Map<String, String> given) {
    String mapped = String.join(", ", integration.mapping().stream().map(Mapped::outside).toList());
    return Violation.of(
        "mapping",
        given.isEmpty() ? "no values" : String.join(", ", given.keySet()),
        mapped.isEmpty()
            ? "names that the mapping of the integration sends to fields; it has none yet"
            : "a value under a name that the mapping of the integration knows: " + mapped);
  }

  private static String source(Schema schema, Integration integration) {
    ChoiceNames names =
        schema
            .field(EntityType.LEAD, SOURCE)
            .map(Field::names)
            .orElseThrow(() -> new IllegalStateException("Leads have no sources"));
    return names.shown(integration.source());
  }

  /** The newest open lead of somebody: neither converted nor in a stage at which leads end. */
  private @Nullable Record open(Schema schema, Values values) {
    Map<String, String> known = new LinkedHashMap<>();
    for (String way : WAYS) {
      Field field = schema.field(EntityType.LEAD, way).orElse(null);
      String text = field == null ? null : values.text(way);
      if (field != null
          && text != null
          && rules.check(field, text) instanceof Converted.Value checked
          && checked.value() instanceof String clean) {
        known.put(way, clean);
      }
    }
    if (known.isEmpty()) {
      return null;
    }
    // Whoever brings the same person at this moment, also through another integration, waits here
    // and then finds the lead.
    ways.lock(known.values());
    List<Filter> tests =
        known.entrySet().stream()
            .<Filter>map(
                one ->
                    new Filter.Test(
                        one.getKey(),
                        Operator.EQUALS,
                        List.of(new Operand.Literal(one.getValue()))))
            .toList();
    Records.Search search =
        new Records.Search(
            EntityType.LEAD, new Filter.Or(tests), Set.of(), null, false, null, MOST_KNOWN, false);
    return records.search(search).items().stream()
        .filter(lead -> !RecordCommand.Convert.done(lead.values()) && active(schema, lead))
        .findFirst()
        .orElse(null);
  }

  private static boolean active(Schema schema, Record lead) {
    String stage = lead.values().text("stage");
    return stage == null
        || schema.choices("stage").stream()
            .filter(
                choice ->
                    choice.label().toLowerCase(Locale.ROOT).equals(stage.toLowerCase(Locale.ROOT)))
            .allMatch(Schema.Choice::active);
  }
}
