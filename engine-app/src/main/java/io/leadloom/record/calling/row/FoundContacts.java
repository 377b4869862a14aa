package io.leadloom.record.calling.row;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Folded;
import io.leadloom.platform.Ids;
import io.leadloom.platform.company.ContactForms;
import io.leadloom.record.calling.row.ContactRows.Made;
import io.leadloom.record.store.RowValues;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldRules;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import io.leadloom.schema.deal.MappingPage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the contacts of leads of lists by their number within the process, and makes those that are not there (VOC-006). One
 * that is found keeps its own values. The process is locked, so that no other upload makes the same ones.
 */
final class FoundContacts {

  private static final List<String> IDENTIFYING = List.of("firstName", "lastName", "email");
  private static final int LONGEST_NAME = 250;

  private final ContactRows rows;
  private final Ids ids;
  private final FieldRules rules;
  private final Target target;
  private final Schema schema;
  private final RowValues documents;
  private final RowKeys keys;

  FoundContacts(
      ContactRows rows, Ids ids, FieldRules rules, Target target, Schema schema, RowKeys keys) {
    this.rows = rows;
    this.ids = ids;
    this.rules = rules;
    this.target = target;
    this.schema = schema;
    this.documents = new RowValues(EntityType.CONTACT, schema);
    this.keys = keys;
  }

  /** The contact of each number; made from the first of the leads that has it where there is none yet. */
  Map<String, Long> of(List<Values> leads, Instant now) {
    Map<String, Values> first = new HashMap<>();
    List<String> numbers = new ArrayList<>();
    for (Values lead : leads) {
      String number = keys.number(lead);
      if (number != null && first.putIfAbsent(number, lead) == null) {
        numbers.add(number);
      }
    }
    long process = target.list().process();
    Map<RowKey, Long> known = rows.known(process, numbers.stream().map(RowKeys::ofNumber).toList());
    Map<String, Long> found = new HashMap<>();
    List<Made> made = new ArrayList<>();
    for (String number : numbers) {
      Long contact = known.get(RowKeys.ofNumber(number));
      if (contact == null) {
        Made fresh = made(number, first.getOrDefault(number, Values.none()));
        made.add(fresh);
        contact = fresh.id();
      }
      found.put(number, contact);
    }
    rows.insert(process, made, target.user(), now);
    return found;
  }

  private Made made(String number, Values lead) {
    Values values = Values.none();
    for (String key : IDENTIFYING) {
      take(values, schema.field(EntityType.CONTACT, key).orElse(null), lead.get(key));
    }
    schema
        .deals()
        .pairs()
        .getOrDefault(MappingPage.CONTACT, Map.of())
        .forEach(
            (from, to) ->
                schema
                    .field(from)
                    .ifPresent(
                        source ->
                            take(values, schema.field(to).orElse(null), lead.get(source.key()))));
    // The number that it is found by is its number, whichever field of leads the column fills.
    take(
        values,
        schema.field(EntityType.CONTACT, "phone").orElse(null),
        ContactForms.phone(number, target.region()).orElse(number));
    String name = name(values, lead);
    String folded = Folded.of(name);
    return new Made(
        ids.next(EntityType.CONTACT.key()),
        number,
        name,
        folded == null ? null : ListLeadRows.title(folded),
        documents.write(values));
  }

  /** What does not fit the field is left out. */
  private void take(Values values, @Nullable Field field, @Nullable Object value) {
    if (field != null
        && value != null
        && rules.check(field, value) instanceof Converted.Value fits
        && fits.value() != null) {
      values.with(field.key(), fits.value());
    }
  }

  /** First and last name, else what the lead is called by. */
  private @Nullable String name(Values values, Values lead) {
    String name =
        Stream.of(values.text("firstName"), values.text("lastName"))
            .filter(part -> part != null)
            .collect(Collectors.joining(" "));
    Columns.Column title = target.columns().title();
    if (name.isEmpty()
        && title != null
        && !title.equals(target.columns().phone())
        && lead.get(title.field().key()) instanceof String text) {
      name = text;
    }
    return name.isEmpty() ? null : name.substring(0, Math.min(LONGEST_NAME, name.length()));
  }
}
