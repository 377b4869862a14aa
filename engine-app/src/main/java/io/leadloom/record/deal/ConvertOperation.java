package io.leadloom.record.deal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.RecordSession;
import io.leadloom.schema.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Converts many leads to deals or clients; those that cannot be say why (LEAD-104, LEAD-105, LEAD-082). */
@Component
class ConvertOperation implements BulkOperation {

  private static final String TO = "to";

  private final Conversions conversions;

  ConvertOperation(Conversions conversions) {
    this.conversions = conversions;
  }

  @Override
  public String key() {
    return "convert";
  }

  @Override
  public boolean suits(EntityType type) {
    return type == EntityType.LEAD;
  }

  @Override
  public Action needs() {
    return Action.EDIT;
  }

  @Override
  public JsonNode accept(EntityType type, JsonNode settings, Rights rights) {
    String to = settings.path(TO).asText("");
    ConversionKind kind =
        ConversionKind.of(to)
            .orElseThrow(
                () ->
                    RefusedException.invalid(
                        "The action is not acceptable",
                        Violation.of(TO, to, "one of deal, client")));
    Section section = Section.of(kind.into());
    Action needed = kind == ConversionKind.DEAL ? Action.CREATE : Action.EDIT;
    if (!rights.may(section, needed)) {
      throw RefusedException.forbidden(
          "Your permissions do not include this (" + section.key() + ", " + needed.key() + ")");
    }
    return JsonNodeFactory.instance.objectNode().put(TO, kind.key());
  }

  @Override
  public List<Outcome> perform(Chunk chunk, JsonNode settings) {
    ConversionKind kind = ConversionKind.of(settings.path(TO).asText()).orElseThrow();
    Conversions.Asked asked = new Conversions.Asked(null, Values.none(), Values.none());
    for (EntityType type : List.of(EntityType.CONTACT, EntityType.ACCOUNT)) {
      chunk
          .session()
          .preload(
              type,
              chunk.members().stream()
                  .map(member -> member.record().values().number(type.key()))
                  .filter(Objects::nonNull)
                  .toList());
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (Member member : chunk.members()) {
      RecordSession.Mark before = chunk.session().mark();
      try {
        conversions.convert(
            chunk.session(), member.record().ref(), kind, asked, chunk.rights(), chunk.cause());
        outcomes.add(new Done(true, null));
      } catch (RefusedException e) {
        chunk.session().rollbackTo(before);
        outcomes.add(new Failed(reason(e)));
      }
    }
    return outcomes;
  }

  private static String reason(RefusedException e) {
    String details =
        e.violations().stream()
            .map(violation -> violation.field() + ": " + violation.expectation())
            .collect(Collectors.joining("; "));
    return details.isEmpty()
        ? String.valueOf(e.getMessage())
        : e.getMessage() + " (" + details + ")";
  }
}
