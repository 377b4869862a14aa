package io.leadloom.automation.card;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.process.ExecutableProcess.Outcome;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Values;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Field values as a card gives them: read once, then worked out for each run. */
public final class SetFields {

  private static final Pattern STEP = Pattern.compile("[+-]\\d{1,15}(\\.\\d{1,6})?");

  private final List<Setting> settings;

  private SetFields(List<Setting> settings) {
    this.settings = settings;
  }

  /** One field and the text it is set to; {@code value} when that is the same for every run. */
  private record Setting(
      Field field,
      MergeText text,
      boolean fixed,
      @Nullable Object value,
      @Nullable BigDecimal step) {}

  /** Raised while values are worked out: the field and what was expected. */
  public static final class Unfit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unfit(String message) {
      super(message, null, false, false);
    }
  }

  /** Reads the setting {@code key}: an object of field keys and texts. */
  public static SetFields read(
      CardSettings card,
      String key,
      CardScope scope,
      BiFunction<CardScope, String, Optional<Field>> fields) {
    List<Setting> settings = new ArrayList<>();
    for (Map.Entry<String, String> entry : card.map(key).entrySet()) {
      String where = key + "." + entry.getKey();
      Optional<Field> found = fields.apply(scope, entry.getKey());
      if (found.isEmpty()) {
        card.problem(where, entry.getKey(), "the key of an existing field");
        continue;
      }
      Field field = found.get();
      if (field.readOnly() && !field.key().equals("score")) {
        card.problem(where, entry.getKey(), "a field that can be written");
        continue;
      }
      MergeText text = MergeText.of(entry.getValue(), where, card, scope);
      settings.add(setting(card, where, field, entry.getValue(), text, scope));
    }
    return new SetFields(List.copyOf(settings));
  }

  private static Setting setting(
      CardSettings card, String where, Field field, String raw, MergeText text, CardScope scope) {
    boolean number = field.type() == FieldType.WHOLE_NUMBER || field.type() == FieldType.DECIMAL;
    if (number && STEP.matcher(raw.strip()).matches() && raw.strip().startsWith("+")) {
      return new Setting(field, text, false, null, new BigDecimal(raw.strip().substring(1)));
    }
    if (!text.fixed()) {
      return new Setting(field, text, false, null, null);
    }
    Object value = null;
    try {
      value =
          FieldText.read(
              field, raw, scope.conversion(), scope.users(), Instant.EPOCH, scope.zone());
    } catch (IllegalArgumentException e) {
      card.problem(where, raw, String.valueOf(e.getMessage()));
    }
    boolean relative = raw.strip().toLowerCase(java.util.Locale.ROOT).matches("(now|today).*");
    return new Setting(field, text, !relative, value, null);
  }

  /** The fields that it sets, for the history of a run, which is read by some who may not see their values. */
  public String said() {
    return String.join(", ", settings.stream().map(setting -> setting.field.label()).toList());
  }

  public boolean isEmpty() {
    return settings.isEmpty();
  }

  /**
   * The values for one run.
   *
   * @param present the values before, for steps such as {@code +5}
   */
  public Values values(CardRun run, @Nullable Values present) {
    Values values = Values.none();
    for (Setting setting : settings) {
      values.with(setting.field.key(), value(setting, run, present));
    }
    return values;
  }

  private static @Nullable Object value(Setting setting, CardRun run, @Nullable Values present) {
    if (setting.fixed) {
      return setting.value;
    }
    if (setting.step != null) {
      Object before = present == null ? null : present.get(setting.field.key());
      if (setting.field.type() == FieldType.WHOLE_NUMBER) {
        return (before instanceof Number number ? number.longValue() : 0L)
            + setting.step.longValue();
      }
      return (before instanceof BigDecimal number ? number : BigDecimal.ZERO).add(setting.step);
    }
    String text = setting.text.render(run);
    try {
      return FieldText.read(
          setting.field, text, run.conversion(), run.users(), run.now(), run.zone());
    } catch (IllegalArgumentException e) {
      throw new Unfit(setting.field.label() + ": " + e.getMessage() + ", not '" + text + "'");
    }
  }

  /** The card that sets fields of the run's own lead, contact or account. */
  public static Card.Action action(EntityType type, CardSettings card, CardScope scope) {
    scope.need(type);
    SetFields fields = read(card, "values", scope, (in, key) -> in.schema().field(type, key));
    if (fields.isEmpty() && card.map("values").isEmpty()) {
      card.problem("values", null, "at least one field and its value");
    }
    return run -> {
      Optional<Record> record = run.record(type);
      if (record.isEmpty()) {
        run.note("There is no " + type.key());
        return Outcome.DONE;
      }
      RecordRef ref = record.get().ref();
      try {
        return run.change(
            new RecordCommand.Update(ref, null, fields.values(run, record.get().values())));
      } catch (Unfit e) {
        return new Outcome.Failed(String.valueOf(e.getMessage()));
      }
    };
  }
}
