package io.leadloom.record.form;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Violation;
import io.leadloom.platform.company.ContactForms;
import io.leadloom.platform.permission.Rights;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Converted;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What somebody has filled in, sorted by the record that it is for, with all that is wrong with it. */
final class FormEntry {

  private static final String KEPT =
      "no value: your permissions do not include changing this of leads";

  /** The lead has these from its contact. */
  static final List<String> FROM_CONTACT = List.of("firstName", "lastName", "email", "phone");

  private static final Pattern SCHEME = Pattern.compile("(?i)^[a-z][a-z0-9+.-]*://.*");
  private static final Pattern NUMBER_OF_A_COMPANY =
      Pattern.compile("[0-9]{9}|[0-9]{10}|[0-9]{12}");

  final Values lead = Values.none();
  final Values company = Values.none();
  final Values contact = Values.none();
  final boolean newCompany;
  final boolean newContact;

  private final Values before;
  private final Schema schema;
  private final Rights rights;
  private final Map<String, Violation> wrong = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> sent = new LinkedHashMap<>();

  /**
   * Reads an entry.
   *
   * @param before the lead as it is; none for a new one
   * @param schema the fields that the writer knows
   */
  FormEntry(
      Map<String, @Nullable Object> given,
      Values before,
      Schema schema,
      FieldConversion conversion,
      Rights rights) {
    this.before = before;
    this.schema = schema;
    this.rights = rights;
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    given.forEach(
        (spelt, natural) -> {
          String key = spelling(spelt);
          if (named.containsKey(key)) {
            wrong(key, natural, "one value: it is given twice");
          }
          named.put(key, natural);
        });
    this.newCompany = tick(FormInput.NEW_COMPANY, FormInput.COMPANY, named);
    this.newContact = tick(FormInput.NEW_CONTACT, FormInput.CONTACT, named);
    named.forEach(
        (key, natural) -> {
          if (!FormInput.TICKS.contains(key)) {
            read(key, natural, conversion);
          }
        });
    if (newCompany) {
      lead.with(FormInput.COMPANY, null);
    }
    hidden();
    mandatory();
    source();
  }

  /** The key as the form or the fields of leads spell it; fields are known in any letter case. */
  private String spelling(String key) {
    for (String tick : FormInput.TICKS) {
      if (tick.equalsIgnoreCase(key)) {
        return tick;
      }
    }
    for (FormInput input : FormInput.ALL) {
      if (input.key().equalsIgnoreCase(key)) {
        return input.key();
      }
    }
    return schema.field(EntityType.LEAD, key).map(Field::key).orElse(key);
  }

  private boolean tick(String key, String instead, Map<String, @Nullable Object> given) {
    Object value = given.get(key);
    if (value != null && !(value instanceof Boolean)) {
      wrong(key, value, "true or false");
    }
    boolean ticked = Boolean.TRUE.equals(value);
    if (ticked && !FormInput.open(instead, rights)) {
      wrong(key, true, KEPT);
      return false;
    }
    return ticked;
  }

  private void read(String key, @Nullable Object natural, FieldConversion conversion) {
    FormInput input = FormInput.find(key);
    EntityType entity = input == null ? EntityType.LEAD : input.entity();
    String name = input == null ? key : input.field();
    Field field = schema.field(entity, name).orElse(null);
    sent.put(key, natural);
    if (input == null && FROM_CONTACT.contains(key)) {
      wrong(key, natural, "no value: the form takes it from the contact");
      return;
    }
    if (field == null) {
      wrong(key, natural, "an input of the form or a field of leads");
      return;
    }
    Object value = key.equals(FormInput.WEBSITE) ? withScheme(natural) : natural;
    Converted converted = conversion.fromNatural(field, value);
    if (converted instanceof Converted.Wrong not) {
      wrong(key, natural, not.expectation());
      return;
    }
    Object typed = converted instanceof Converted.Value some ? some.value() : null;
    if (!blank(typed)) {
      String expected = form(key, typed);
      if (expected != null) {
        wrong(key, natural, expected);
        return;
      }
    }
    values(entity).with(field.key(), typed instanceof String text ? text.strip() : typed);
  }

  private Values values(EntityType entity) {
    return switch (entity) {
      case ACCOUNT -> company;
      case CONTACT -> contact;
      default -> lead;
    };
  }

  /** What is expected of the value of a company's input; null when it is all right (LEAD-180, LEAD-182). */
  private static @Nullable String form(String key, @Nullable Object value) {
    String text = String.valueOf(value).strip();
    if (key.equals(FormInput.TIN) && !NUMBER_OF_A_COMPANY.matcher(text).matches()) {
      return "9, 10 or 12 digits and nothing else";
    }
    return key.equals(FormInput.WEBSITE) && !website(text)
        ? "a web address such as https://example.com"
        : null;
  }

  private static @Nullable Object withScheme(@Nullable Object natural) {
    if (!(natural instanceof String text)
        || text.isBlank()
        || SCHEME.matcher(text.strip()).matches()) {
      return natural;
    }
    return "https://" + text.strip();
  }

  private static boolean website(String text) {
    return ContactForms.host(text)
        .filter(host -> host.indexOf('.') > 0 && !host.endsWith("."))
        .isPresent();
  }

  private static boolean blank(@Nullable Object value) {
    return value == null || (value instanceof String text && text.isBlank());
  }

  void wrong(String key, @Nullable Object value, String expectation) {
    wrong.putIfAbsent(key, Violation.of(key, value, expectation));
  }

  /** All that is wrong, in the order of the form. */
  List<Violation> violations() {
    List<String> order = FormInput.ALL.stream().map(FormInput::key).toList();
    return wrong.values().stream()
        .sorted(
            java.util.Comparator.comparingInt(
                violation ->
                    order.contains(violation.field())
                        ? order.indexOf(violation.field())
                        : order.size()))
        .toList();
  }

  /** The company that is chosen, or stays. */
  @Nullable Long existingCompany() {
    return newCompany ? null : standing(FormInput.COMPANY);
  }

  /** The contact that is chosen, or stays. */
  @Nullable Long existingContact() {
    return newContact ? null : standing(FormInput.CONTACT);
  }

  private @Nullable Long standing(String key) {
    return lead.has(key) ? lead.number(key) : before.number(key);
  }

  /** Whether company or contact are others than before. */
  boolean rematched() {
    return !Objects.equals(existingCompany(), before.number(FormInput.COMPANY))
        || !Objects.equals(existingContact(), before.number(FormInput.CONTACT));
  }

  boolean shown(FormInput input) {
    return switch (input.shown()) {
      case ALWAYS -> true;
      case NO_NEW_COMPANY -> !newCompany;
      case NO_COMPANY -> existingCompany() == null;
      case NEW_CONTACT -> newContact;
      case NO_NEW_CONTACT -> !newContact;
    };
  }

  /** Complains about values for hidden inputs, and forgets them (LEAD-204). */
  private void hidden() {
    for (FormInput input : FormInput.ALL) {
      boolean kept = !input.open(rights);
      if (kept || !shown(input)) {
        Object value = sent.get(input.key());
        wrong.remove(input.key());
        if (!blank(value)) {
          wrong(input.key(), value, kept ? KEPT : "no value: it is " + input.shown().reason());
        }
      }
    }
  }

  private void mandatory() {
    boolean withoutCompany = schema.leadSettings().withoutCompany();
    boolean typed = company.asMap().values().stream().anyMatch(value -> !blank(value));
    for (FormInput input : FormInput.ALL) {
      boolean asked =
          (input.mandatory()
                  && (!input.ofCompany()
                      || !withoutCompany
                      || (typed
                          && input
                              .key()
                              .equals(newCompany ? FormInput.COMPANY_NAME : FormInput.COMPANY))))
              || ofItsOwn(input);
      if (asked && input.open(rights) && shown(input) && writable(input) && empty(input)) {
        wrong(input.key(), null, expectation(input));
      }
    }
    boolean stage =
        schema.leadSettings().stageMandatory() && before.isEmpty() && blank(lead.get("stage"));
    if (stage
        && !rights.hides(EntityType.LEAD, "stage")
        && !rights.onlyReads(EntityType.LEAD, "stage")) {
      wrong("stage", null, "a stage");
    }
  }

  /** Whether a new company or contact is not complete without it, whatever the form says. */
  private boolean ofItsOwn(FormInput input) {
    boolean made =
        switch (input.entity()) {
          case ACCOUNT -> newCompany;
          case CONTACT -> newContact;
          default -> false;
        };
    return made && schema.field(input.entity(), input.field()).filter(Field::mandatory).isPresent();
  }

  private boolean empty(FormInput input) {
    if (wrong.containsKey(input.key())) {
      return false;
    }
    Values values = values(input.entity());
    return blank(
        input.entity() == EntityType.LEAD && !values.has(input.field())
            ? before.get(input.field())
            : values.get(input.field()));
  }

  private static String expectation(FormInput input) {
    return switch (input.key()) {
      case FormInput.COMPANY -> "an existing company; tick New company when it is not here yet";
      case FormInput.CONTACT -> "an existing contact; tick New contact when it is not here yet";
      default -> "a value";
    };
  }

  private boolean writable(FormInput input) {
    return !rights.hides(input.entity(), input.field())
        && !rights.onlyReads(input.entity(), input.field());
  }

  /** A new source is one that the form offers (LEAD-167, LEAD-168). */
  private void source() {
    ChoiceNames names = schema.field(EntityType.LEAD, "source").map(Field::names).orElse(null);
    String given = lead.text("source");
    Choice choice = names == null || given == null ? null : names.find(given).orElse(null);
    if (names != null
        && choice != null
        && !choice.offered()
        && !choice.label().equals(before.get("source"))) {
      String offered =
          String.join(
              ", ", names.choices().stream().filter(Choice::offered).map(Choice::label).toList());
      wrong("source", given, "a source that the form offers: " + offered);
    }
  }

  /** The keys of inputs that have something wrong. */
  Set<String> wrongKeys() {
    return Set.copyOf(wrong.keySet());
  }
}
