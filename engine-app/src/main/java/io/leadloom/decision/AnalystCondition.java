package io.leadloom.decision;

import io.leadloom.decision.AnalystText.Kind;
import io.leadloom.decision.AnalystText.Unacceptable;
import io.leadloom.decision.AnalystText.Word;
import io.leadloom.decision.Property.Aspect;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.filter.Operand;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Moment;
import io.leadloom.schema.Schema;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A left-hand side that an analyst wrote: checks every word of it, declares the properties it uses and ties each pattern
 * to the run that is decided, so that facts of other runs of the batch stay out of sight.
 */
final class AnalystCondition {

  private static final List<Aspect> ASPECTS =
      List.of(
          Aspect.FOLDED,
          Aspect.WEEKDAY,
          Aspect.CHANGED,
          Aspect.BEFORE,
          Aspect.AFTER,
          Aspect.CURRENCY,
          Aspect.VALUE);
  private static final Set<String> BUILT_IN = Set.of("type", "at", "card");
  private static final Map<String, Moment> MOMENTS =
      Map.of(
          "now", new Moment.FromNow(0, Operand.Unit.MINUTES),
          "today", new Moment.FromToday(0, Operand.Unit.DAYS, 0),
          "dayToday", new Moment.FromToday(0, Operand.Unit.DAYS, 0));

  private final Conditions.Named named;
  private final Conditions.Scope scope;
  private final Schema schema;
  private final FactModel model;
  private final Uses uses;

  AnalystCondition(
      Conditions.Named named, Conditions.Scope scope, Schema schema, FactModel model, Uses uses) {
    this.named = named;
    this.scope = scope;
    this.schema = schema;
    this.model = model;
    this.uses = uses;
  }

  /** The lines of the left-hand side; the first is ours, the others are the analyst's in their order. */
  List<String> write(String text) throws Unacceptable {
    List<Word> words = AnalystText.words(text);
    Set<FactKind> kinds = kinds(words);
    Set<String> variables = new HashSet<>();
    words.stream()
        .filter(word -> word.kind() == Kind.VARIABLE)
        .forEach(word -> variables.add(word.text()));
    if (variables.contains("$run")) {
      throw new Unacceptable(1, "$run", "another name: $run is the run that is decided");
    }
    StringBuilder out = new StringBuilder(text.replaceAll("[^\n]", " "));
    int shift = 0;
    for (int i = 0; i < words.size(); i++) {
      Word word = words.get(i);
      boolean open = i + 1 < words.size() && words.get(i + 1).text().equals("(");
      check(word, kinds, open, i > 0 ? words.get(i - 1).text() : "");
      out.replace(word.start() + shift, word.start() + shift + word.text().length(), word.text());
      FactKind kind = i > 0 && word.text().equals("(") ? kind(words.get(i - 1)) : null;
      if (kind != null && kind != FactKind.TIMES) {
        boolean empty = i + 1 < words.size() && words.get(i + 1).text().equals(")");
        String tie = empty ? " run == $run " : " run == $run, ";
        out.insert(word.start() + shift + 1, tie);
        shift += tie.length();
      }
    }
    return List.of(("Lead( $run : run )\n" + out).split("\n"));
  }

  private static @Nullable FactKind kind(Word word) {
    for (FactKind kind : FactKind.values()) {
      if (word.kind() == Kind.WORD && kind.typeName().equals(word.text())) {
        return kind;
      }
    }
    return null;
  }

  private Set<FactKind> kinds(List<Word> words) throws Unacceptable {
    Set<FactKind> kinds = EnumSet.noneOf(FactKind.class);
    for (Word word : words) {
      FactKind kind = kind(word);
      if (kind == null) {
        continue;
      }
      boolean missing =
          (kind == FactKind.TRIGGERED_ACTIVITY && !scope.triggeredActivity())
              || (kind == FactKind.TRIGGERED_TASK && !scope.triggeredTask())
              || (kind == FactKind.OPPORTUNITY && !scope.opportunity())
              || (kind == FactKind.CREATED_TASK && named.createdTasks().isEmpty())
              || (kind == FactKind.WEBHOOK_RESPONSE && named.responses().isEmpty());
      if (missing) {
        throw new Unacceptable(
            word.line(), word.text(), "a fact that exists at this place of the automation");
      }
      kinds.add(kind);
      model.use(kind);
    }
    if (kinds.isEmpty()) {
      throw new Unacceptable(1, "", "at least one pattern such as Lead( city == \"Pune\" )");
    }
    if (kinds.contains(FactKind.CREATED_TASK)) {
      named.createdTasks().forEach(card -> model.use(FactKind.CREATED_TASK, card));
    }
    if (kinds.contains(FactKind.WEBHOOK_RESPONSE)) {
      named.responses().forEach(card -> model.use(FactKind.WEBHOOK_RESPONSE, card));
    }
    if (kinds.contains(FactKind.ACTIVITY)) {
      Set<String> all = new TreeSet<>();
      schema.activityTypes().forEach(type -> all.add(type.key()));
      uses.activities(all, null, -1);
    }
    return kinds;
  }

  private void check(Word word, Set<FactKind> kinds, boolean open, String before)
      throws Unacceptable {
    if (word.kind() != Kind.WORD) {
      return;
    }
    boolean type = kind(word) != null;
    if (open && !type && !AnalystText.BEFORE_PARENTHESIS.contains(word.text())) {
      throw new Unacceptable(
          word.line(), word.text() + "(", "no calls: only patterns of facts and comparisons");
    }
    if (type || AnalystText.KEYWORDS.contains(word.text())) {
      return;
    }
    if (before.equals(":") && word.text().equals("run")) {
      throw new Unacceptable(word.line(), "run", "the key of a field");
    }
    boolean known = BUILT_IN.contains(word.text()) && hasBuiltIn(kinds);
    for (FactKind kind : kinds) {
      known |= declare(kind, word.text());
    }
    if (!known) {
      throw new Unacceptable(
          word.line(), word.text(), "the key of a field of the facts that are used");
    }
  }

  private static boolean hasBuiltIn(Set<FactKind> kinds) {
    return kinds.contains(FactKind.ACTIVITY)
        || kinds.contains(FactKind.CREATED_TASK)
        || kinds.contains(FactKind.WEBHOOK_RESPONSE);
  }

  private boolean declare(FactKind kind, String word) {
    if (kind == FactKind.TIMES) {
      Moment moment = MOMENTS.get(word);
      if (moment != null) {
        model.time(moment, word.equals("dayToday"), 0);
      }
      return moment != null;
    }
    if (kind == FactKind.LEAD && (word.equals("tags") || word.equals("lists"))) {
      Aspect aspect = word.equals("tags") ? Aspect.TAGS : Aspect.LISTS;
      uses.field(kind, null, model.property(kind, "#" + word, aspect, FieldType.MULTI_SELECT));
      return true;
    }
    if (kind == FactKind.WEBHOOK_RESPONSE) {
      String key = word.replaceAll("(Folded|Number)$", "");
      Aspect aspect =
          word.endsWith("Number")
              ? Aspect.NUMBER
              : word.endsWith("Folded") ? Aspect.FOLDED : Aspect.VALUE;
      Property property = model.property(kind, key, aspect, FieldType.TEXT);
      named.responses().forEach(card -> uses.field(kind, card, property));
      return true;
    }
    for (Aspect aspect : ASPECTS) {
      if (!word.endsWith(aspect.suffix())) {
        continue;
      }
      String name = word.substring(0, word.length() - aspect.suffix().length());
      Optional<Field> field = field(kind, name);
      if (field.isPresent()) {
        FieldType type = aspect == Aspect.CHANGED ? FieldType.BOOLEAN : field.get().type();
        Property property = model.property(kind, field.get().key(), aspect, type);
        if (kind == FactKind.CREATED_TASK) {
          named.createdTasks().forEach(card -> uses.field(kind, card, property));
        } else {
          uses.field(kind, null, property);
        }
        return property.name().equals(word);
      }
    }
    return false;
  }

  private Optional<Field> field(FactKind kind, String name) {
    EntityType entity =
        switch (kind) {
          case CONTACT -> EntityType.CONTACT;
          case ACCOUNT -> EntityType.ACCOUNT;
          case OPPORTUNITY -> EntityType.OPPORTUNITY;
          case TRIGGERED_ACTIVITY, ACTIVITY -> EntityType.ACTIVITY;
          case TRIGGERED_TASK, CREATED_TASK -> EntityType.TASK;
          default -> EntityType.LEAD;
        };
    Optional<Field> own =
        schema.fields(entity).stream()
            .filter(field -> FactModel.nameOf(field.key()).equals(name))
            .findFirst();
    if (own.isPresent() || entity != EntityType.ACTIVITY) {
      return own;
    }
    return schema.activityTypes().stream()
        .flatMap(type -> schema.activityFields(type.key()).stream())
        .filter(field -> FactModel.nameOf(field.key()).equals(name))
        .findFirst();
  }
}
