package io.leadloom.automation.card;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.value.CustomValues;
import io.leadloom.record.Record;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with merge fields such as {@code {{lead.firstName}}}, {@code {{owner.name}}}, {@code {{account.name}}}, {@code
 * {{activity.amount}}}, {@code {{custom_values.shop_phone}}} or {@code {{response.check.score}}}, read once and rendered for each run. An empty value renders
 * as nothing.
 */
public final class MergeText {

  private static final Pattern MERGE = Pattern.compile("\\{\\{\\s*([^{}]{1,200}?)\\s*}}");

  private final List<Part> parts;

  private MergeText(List<Part> parts) {
    this.parts = parts;
  }

  /** Reads a setting; unknown merge fields become problems. */
  public static MergeText read(CardSettings settings, String key, CardScope scope) {
    String text = settings.optional(key);
    return of(text == null ? "" : text, key, settings, scope);
  }

  /** Reads a text that belongs to a setting. */
  public static MergeText of(String text, String key, CardSettings settings, CardScope scope) {
    List<Part> parts = new ArrayList<>();
    Matcher matcher = MERGE.matcher(text);
    int from = 0;
    while (matcher.find()) {
      if (matcher.start() > from) {
        parts.add(new Literal(text.substring(from, matcher.start())));
      }
      from = matcher.end();
      Part part = part(matcher.group(1), scope);
      if (part == null) {
        settings.problem(
            key,
            matcher.group(),
            "a merge field such as {{lead.firstName}}, {{owner.name}}, {{contact.email}} or {{account.name}}");
      } else {
        parts.add(part);
      }
    }
    if (from < text.length()) {
      parts.add(new Literal(text.substring(from)));
    }
    return new MergeText(parts);
  }

  public boolean isBlank() {
    return parts.stream()
        .allMatch(part -> part instanceof Literal literal && literal.text.isBlank());
  }

  /** Whether it renders the same for every run. */
  public boolean fixed() {
    return parts.stream().allMatch(Literal.class::isInstance);
  }

  public String render(CardRun run) {
    return render(run, false);
  }

  /** Renders with the merged values escaped, so that no value can become markup. */
  public String renderHtml(CardRun run) {
    return render(run, true);
  }

  private String render(CardRun run, boolean html) {
    if (parts.size() == 1 && parts.get(0) instanceof Literal literal) {
      return literal.text;
    }
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      String value = part.text(run);
      text.append(html && !(part instanceof Literal) ? escape(value) : value);
    }
    return text.toString();
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  private static @Nullable Part part(String path, CardScope scope) {
    int dot = path.indexOf('.');
    if (dot < 0) {
      return null;
    }
    String source = path.substring(0, dot);
    String key = path.substring(dot + 1);
    if (source.equals("owner")) {
      return switch (key) {
        case "name", "email", "login" -> new OwnerPart(key);
        default -> null;
      };
    }
    if (source.equals(CustomValues.PREFIX)) {
      return new ValuePart(key, scope.customValues());
    }
    if (source.equals("response")) {
      int next = key.indexOf('.');
      String card = next < 0 ? key : key.substring(0, next);
      return next > 0 && scope.responses().contains(card)
          ? new ResponsePart(card, key.substring(next + 1))
          : null;
    }
    Optional<EntityType> type = EntityType.of(source);
    if (type.isEmpty() || !offered(type.get(), scope)) {
      return null;
    }
    Field field = field(scope.schema(), type.get(), key, scope.activityType());
    if (field == null) {
      return null;
    }
    scope.need(type.get());
    return new FieldPart(type.get(), field.key(), field.type());
  }

  private static boolean offered(EntityType type, CardScope scope) {
    return switch (type) {
      case LEAD, CONTACT, ACCOUNT -> true;
      case ACTIVITY -> scope.trigger() != null && scope.trigger().suppliesActivity();
      case TASK -> scope.trigger() != null && scope.trigger().suppliesTask();
      case OPPORTUNITY -> scope.trigger() != null && scope.trigger().suppliesOpportunity();
      case NOTE -> false;
    };
  }

  private static @Nullable Field field(
      Schema schema, EntityType type, String key, @Nullable String activityType) {
    if (type == EntityType.ACTIVITY && activityType != null) {
      return schema.activityField(activityType, key).orElse(null);
    }
    return schema.field(type, key).orElse(null);
  }

  private sealed interface Part {
    String text(CardRun run);
  }

  private record Literal(String text) implements Part {
    @Override
    public String text(CardRun run) {
      return text;
    }
  }

  private record FieldPart(EntityType type, String key, FieldType fieldType) implements Part {
    @Override
    public String text(CardRun run) {
      Optional<Record> record = run.record(type);
      return record.isEmpty()
          ? ""
          : FieldText.show(record.get().values().get(key), fieldType, run.users(), run.zone());
    }
  }

  private record OwnerPart(String key) implements Part {
    @Override
    public String text(CardRun run) {
      return People.owner(run)
          .map(
              person ->
                  switch (key) {
                    case "email" -> person.email() == null ? "" : person.email();
                    case "login" -> person.login();
                    default -> person.name();
                  })
          .orElse("");
    }
  }

  /** A custom value as of sending; an unknown one is nothing (SET-105). */
  private record ValuePart(String key, CustomValues values) implements Part {
    @Override
    public String text(CardRun run) {
      return values.text(key);
    }
  }

  private record ResponsePart(String card, String path) implements Part {
    @Override
    public String text(CardRun run) {
      Values response = run.response(card);
      Object value = response == null ? null : response.get(path);
      return value == null ? "" : value.toString();
    }
  }
}
