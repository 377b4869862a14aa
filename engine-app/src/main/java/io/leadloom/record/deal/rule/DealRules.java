package io.leadloom.record.deal.rule;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.Violation;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.store.EntityTable;
import io.leadloom.record.store.Sql;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.Money;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Values;
import io.leadloom.schema.deal.Deals;
import io.leadloom.schema.deal.OpportunityFields;
import io.leadloom.schema.deal.Pipeline;
import io.leadloom.schema.deal.StatusKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Pipeline, stage, status and value of opportunities on the one write path: a stage belongs to the opportunity's pipeline, the
 * kind of the status sets and clears the closing date (REV-013), and where the account does not allow it, a contact has one
 * open opportunity in a pipeline (REV-015).
 */
public final class DealRules {

  /** What an opportunity needs that cannot come back to where it was. */
  public static final String STAGE_GONE =
      "the id or name of a stage to come back to: the one that it had is gone";

  private static final String PIPELINE = OpportunityFields.PIPELINE;
  private static final String STAGE = OpportunityFields.STAGE;
  private static final String STATUS = OpportunityFields.STATUS;
  private static final String KIND = OpportunityFields.STATUS_KIND;
  private static final String CONTACT = "contact";
  private static final String WON = StatusKind.WON.key();
  private static final String OPEN = StatusKind.OPEN.key();

  private final JdbcTemplate jdbc;
  private final Supplier<String> currency;
  private final Schema schema;
  private final Deals deals;
  private final Supplier<List<RecordRef>> held;
  private final Function<RecordRef, @Nullable Record> live;
  private final Set<RecordRef> asked = new HashSet<>();
  private final Set<RecordRef> stageless = new HashSet<>();

  /**
   * @param currency of amounts without one
   * @param held the opportunities that the session has in hand, which the database need not know yet
   * @param live finds a record that is not in the trash
   */
  public DealRules(
      JdbcTemplate jdbc,
      Supplier<String> currency,
      Schema schema,
      Supplier<List<RecordRef>> held,
      Function<RecordRef, @Nullable Record> live) {
    this.jdbc = jdbc;
    this.currency = currency;
    this.schema = schema;
    this.deals = schema.deals();
    this.held = held;
    this.live = live;
  }

  /** The leads that changes of statuses may move, so that they can be read with one query. */
  public static List<RecordRef> leads(
      Collection<RecordCommand> commands, Function<RecordRef, @Nullable Record> known) {
    List<RecordRef> leads = new ArrayList<>();
    for (RecordCommand command : commands) {
      if (command instanceof RecordCommand.Update update
          && update.ref().type() == EntityType.OPPORTUNITY
          && update.values().has(STATUS)) {
        Record deal = known.apply(update.ref());
        Long lead = deal == null ? null : deal.values().number("lead");
        if (lead != null) {
          leads.add(RecordRef.lead(lead));
        }
      }
    }
    return leads;
  }

  /** The values with the full name of a stage that is given by the name it has in its pipeline. */
  public Values named(EntityType type, Values given, Values before) {
    Object stage = type == EntityType.OPPORTUNITY ? given.get(STAGE) : null;
    if (stage == null) {
      return given;
    }
    Object named = given.has(PIPELINE) ? given.get(PIPELINE) : before.get(PIPELINE);
    Pipeline pipeline =
        named == null
            ? deals
                .ofStage(stage)
                .orElseGet(() -> deals.pipelines().stream().findFirst().orElse(null))
            : deals.pipeline(named).orElse(null);
    String label = pipeline == null ? null : deals.stage(pipeline, stage);
    return label == null ? given : given.copy().with(STAGE, label);
  }

  /** Completes a new opportunity. */
  public void ofNew(Values values, Instant now, List<Violation> violations) {
    ofLead(values);
    if (values.get(PIPELINE) == null && !complained(violations, PIPELINE)) {
      Pipeline pipeline =
          deals
              .ofStage(values.get(STAGE))
              .orElseGet(() -> deals.pipelines().stream().findFirst().orElse(null));
      if (pipeline == null) {
        violations.add(
            Violation.of(
                PIPELINE, null, "a pipeline: there is none yet, the settings create the first"));
        return;
      }
      values.with(PIPELINE, pipeline.name());
    }
    if (!complained(violations, PIPELINE) && !complained(violations, STAGE)) {
      stage(values, values.get(PIPELINE), values.get(STAGE), violations);
    }
    if (values.get(STATUS) == null && !complained(violations, STATUS)) {
      values.with(STATUS, deals.status(StatusKind.OPEN));
    }
    StatusKind kind = deals.kind(values.get(STATUS));
    values.with(KIND, kind.key());
    if (kind.closed() && values.get(OpportunityFields.CLOSED_AT) == null) {
      values.with(OpportunityFields.CLOSED_AT, now);
    }
    nothing(values);
  }

  /** An opportunity of a lead is of the lead's contact and account, unless it says otherwise. */
  private void ofLead(Values values) {
    Long id = values.number("lead");
    Record lead = id == null ? null : live.apply(RecordRef.lead(id));
    if (lead != null) {
      for (String key : List.of(CONTACT, "account")) {
        if (!values.has(key)) {
          values.with(key, lead.values().get(key));
        }
      }
    }
  }

  private void nothing(Values values) {
    if (values.get(OpportunityFields.VALUE) == null) {
      values.with(OpportunityFields.VALUE, new Money(BigDecimal.ZERO.setScale(2), currency.get()));
    }
  }

  private void stage(
      Values values,
      @Nullable Object pipelineName,
      @Nullable Object stage,
      List<Violation> violations) {
    Pipeline pipeline = deals.pipeline(pipelineName).orElse(null);
    if (pipeline == null) {
      return;
    }
    if (stage == null) {
      values.with(STAGE, deals.first(pipeline));
      return;
    }
    String label = deals.stage(pipeline, stage);
    if (label == null) {
      violations.add(
          Violation.of(
              STAGE,
              stage,
              "a stage of the pipeline "
                  + pipeline.name()
                  + ": "
                  + String.join(
                      ", ", pipeline.stages().stream().map(Pipeline.Stage::name).toList())));
    } else {
      values.with(STAGE, label);
    }
  }

  /** Checks and completes a change; a change of the pipeline alone leads to its first stage. */
  public void ofChange(Record before, Values changes, Instant now, List<Violation> violations) {
    Values had = before.values();
    boolean moved =
        changes.get(PIPELINE) != null && !Objects.equals(changes.get(PIPELINE), had.get(PIPELINE));
    boolean staged = changes.get(STAGE) != null;
    if ((moved || staged) && !complained(violations, PIPELINE) && !complained(violations, STAGE)) {
      stage(
          changes,
          moved ? changes.get(PIPELINE) : had.get(PIPELINE),
          staged ? changes.get(STAGE) : null,
          violations);
    }
    if (changes.get(STATUS) != null) {
      StatusKind kind = deals.kind(changes.get(STATUS));
      if (!kind.key().equals(had.get(KIND))) {
        changes.with(KIND, kind.key());
        changes.with(OpportunityFields.CLOSED_AT, kind.closed() ? now : null);
      }
    }
    if (changes.has(OpportunityFields.VALUE)) {
      nothing(changes);
    }
  }

  /**
   * Where an opportunity comes back from the trash whose stage went without anybody saying what stands for it; complains
   * where nobody says it now (REV-017). Nothing for any other record.
   *
   * @param stage the id or name of a stage; null where nobody said
   */
  public Values back(Record record, @Nullable String stage, List<Violation> violations) {
    boolean deal = record.ref().type() == EntityType.OPPORTUNITY;
    if (stage != null && !deal) {
      violations.add(Violation.of(STAGE, stage, "no value: only opportunities come back to one"));
    }
    if (!deal || !stageless(record.ref())) {
      return Values.none();
    }
    if (stage == null) {
      violations.add(Violation.of(STAGE, null, STAGE_GONE));
      return Values.none();
    }
    Pipeline had = deals.pipeline(record.values().get(PIPELINE)).orElse(null);
    Pipeline pipeline =
        had != null && deals.stage(had, stage) != null ? had : deals.ofStage(stage).orElse(null);
    if (pipeline == null) {
      violations.add(Violation.of(STAGE, stage, STAGE_GONE));
      return Values.none();
    }
    return Values.of(PIPELINE, pipeline.name()).with(STAGE, deals.stage(pipeline, stage));
  }

  /** Whether a row keeps a stage that nobody stands for; one query tells it for all that the session has in hand. */
  private boolean stageless(RecordRef ref) {
    if (deals.orphans().isEmpty()) {
      return false;
    }
    if (!asked.contains(ref)) {
      List<RecordRef> fresh = new ArrayList<>(held.get());
      fresh.add(ref);
      fresh.removeIf(one -> !asked.add(one));
      List<String> orphans = List.copyOf(deals.orphans());
      Sql.pieces(
          fresh.stream().map(RecordRef::id).toList(),
          piece -> {
            List<Object> operands = new ArrayList<>(piece);
            operands.addAll(orphans);
            jdbc.queryForList(
                    "select id from opportunities where id in ("
                        + Sql.marks(piece.size())
                        + ") and stage in ("
                        + Sql.marks(orphans.size())
                        + ")",
                    Long.class,
                    operands.toArray())
                .forEach(id -> stageless.add(RecordRef.opportunity(id)));
          });
    }
    return stageless.contains(ref);
  }

  private static boolean complained(List<Violation> violations, String field) {
    return violations.stream().anyMatch(violation -> violation.field().equals(field));
  }

  /**
   * Complains about a second open opportunity of a contact in a pipeline where the account does not allow it.
   *
   * @param before as it stands; null when it is new or comes out of the trash
   */
  public void single(
      RecordRef ref, Values after, @Nullable Values before, List<Violation> violations) {
    Long contact = after.number(CONTACT);
    Object pipeline = after.get(PIPELINE);
    if (ref.type() != EntityType.OPPORTUNITY
        || deals.duplicates()
        || contact == null
        || pipeline == null
        || !violations.isEmpty()
        || !OPEN.equals(after.get(KIND))) {
      return;
    }
    boolean moves =
        before == null
            || !OPEN.equals(before.get(KIND))
            || !Objects.equals(before.get(PIPELINE), pipeline)
            || !contact.equals(before.number(CONTACT)) && !merged(before.number(CONTACT), contact);
    if (moves && taken(ref, contact, pipeline)) {
      violations.add(
          Violation.of(
              CONTACT,
              contact,
              "a contact without an open opportunity in the pipeline "
                  + pipeline
                  + ": the settings allow no second one"));
    }
  }

  /** Whether a contact has become part of another one, whose its opportunities then are. */
  private boolean merged(@Nullable Long contact, long survivor) {
    return contact != null
        && live.apply(RecordRef.contact(contact)) == null
        && !jdbc.queryForList(
                "select record_id from merged_record where record_id = ? and entity = ? and survivor_id = ?",
                Long.class,
                contact,
                EntityTable.code(EntityType.CONTACT),
                survivor)
            .isEmpty();
  }

  /** The values that a change leads to. */
  public static Values after(Values before, Values changes) {
    Values after = before.copy();
    changes.asMap().forEach(after::with);
    return after;
  }

  private boolean taken(RecordRef ref, long contact, Object pipeline) {
    // Whoever gives the same contact another one waits here.
    jdbc.queryForList("select id from contacts where id = ? for update", Long.class, contact);
    List<RecordRef> candidates = new ArrayList<>();
    jdbc.queryForList(
            "select id from opportunities where contact_id = ? and status_kind = 'open' and trashed_at is null order by id",
            Long.class,
            contact)
        .forEach(id -> candidates.add(RecordRef.opportunity(id)));
    candidates.addAll(held.get());
    for (RecordRef candidate : candidates) {
      Record other = candidate.equals(ref) ? null : live.apply(candidate);
      if (other != null
          && Objects.equals(other.values().number(CONTACT), contact)
          && OPEN.equals(other.values().get(KIND))
          && pipeline.equals(other.values().get(PIPELINE))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The lead whose stage becomes Customer because one of its opportunities is won (VOC-011); null for none.
   *
   * @param before as it was; null when it is new
   */
  public @Nullable RecordRef customer(@Nullable Record before, Record after) {
    if (after.ref().type() != EntityType.OPPORTUNITY) {
      return null;
    }
    Long id = after.values().number("lead");
    boolean won =
        WON.equals(after.values().get(KIND))
            && (before == null
                || !WON.equals(before.values().get(KIND))
                || !Objects.equals(before.values().number("lead"), id));
    return won && id != null ? RecordRef.lead(id) : null;
  }

  /** The stage that was delivered as Customer, whatever it is called now; null when it has been deleted. */
  public @Nullable String customerStage() {
    ChoiceNames stages = schema.field(EntityType.LEAD, "stage").map(Field::names).orElse(null);
    return stages == null
        ? null
        : stages.choices().stream()
            .filter(choice -> "customer".equals(choice.delivered()))
            .map(Choice::label)
            .findFirst()
            .orElse(null);
  }
}
