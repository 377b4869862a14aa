package io.leadloom.automation.run;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.leadloom.schema.Money;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happened at one node in one part of a run: an entry of its history (AUT-D13). */
final class RunStep {

  final String card;
  final int visit;
  final Instant at;

  /** Whether the node was reached now; false when an earlier wait at it ended now. */
  final boolean entered;

  String result = "done";
  @Nullable String message;
  @Nullable String rule;
  @Nullable String branch;
  @Nullable Map<String, @Nullable Object> seen;
  boolean left;

  RunStep(String card, int visit, Instant at, boolean entered) {
    this.card = card;
    this.visit = visit;
    this.at = at;
    this.entered = entered;
  }

  void say(String text) {
    message = message == null ? text : message + "; " + text;
  }

  void saw(Map<String, @Nullable Object> values) {
    if (values.isEmpty()) {
      return;
    }
    if (seen == null) {
      seen = new LinkedHashMap<>();
    }
    seen.putAll(values);
  }

  /** Writes it as one line of JSON; times in microseconds since 1970. */
  void write(StringBuilder out) {
    out.append("{\"c\":");
    text(out, card);
    if (visit != 1) {
      out.append(",\"v\":").append(visit);
    }
    out.append(",\"t\":").append(micros(at));
    if (!entered) {
      out.append(",\"e\":0");
    }
    if (left) {
      out.append(",\"l\":1");
    }
    if (!result.equals("done")) {
      out.append(",\"r\":");
      text(out, result);
    }
    optional(out, "m", message);
    optional(out, "f", rule);
    optional(out, "b", branch);
    if (seen != null) {
      out.append(",\"s\":{");
      boolean first = true;
      for (Map.Entry<String, @Nullable Object> entry : seen.entrySet()) {
        if (!first) {
          out.append(',');
        }
        first = false;
        text(out, entry.getKey());
        out.append(':');
        value(out, entry.getValue());
      }
      out.append('}');
    }
    out.append("}\n");
  }

  static long micros(Instant at) {
    return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
  }

  private static void optional(StringBuilder out, String key, @Nullable String value) {
    if (value != null) {
      out.append(",\"").append(key).append("\":");
      text(out, value);
    }
  }

  private static void value(StringBuilder out, @Nullable Object value) {
    if (value == null) {
      out.append("null");
    } else if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof BigDecimal number) {
      out.append(number.toPlainString());
    } else if (value instanceof Money money) {
      text(out, money.amount().toPlainString() + " " + money.currency());
    } else {
      String shown = value.toString();
      text(out, shown.length() > 300 ? shown.substring(0, 300) + "…" : shown);
    }
  }

  private static void text(StringBuilder out, String text) {
    out.append('"');
    JsonStringEncoder.getInstance().quoteAsString(text, out);
    out.append('"');
  }
}
