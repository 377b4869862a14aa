package io.leadloom.scoring;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.filter.Filter;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import io.leadloom.record.points.LeadLedger.Points;
import io.leadloom.rules.fact.FieldShare;
import io.leadloom.rules.verdict.ScorePart;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads, tries and changes what leads earn points by. */
@Component
public class LeadScoreSettings {

  private static final int SAMPLE = 200;
  private static final int SHOWN = 10;

  private final ScoreSettingsRows rows;
  private final PointScales scales;
  private final ScoreBook book;
  private final Rescoring rescoring;
  private final Records records;
  private final Schemas schemas;
  private final Users users;
  private final AuditTrail trail;
  private final Clock clock;
  private final TransactionTemplate transaction;

  LeadScoreSettings(
      ScoreSettingsRows rows,
      PointScales scales,
      ScoreBook book,
      Rescoring rescoring,
      Records records,
      Schemas schemas,
      Users users,
      AuditTrail trail,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.rows = rows;
    this.scales = scales;
    this.book = book;
    this.rescoring = rescoring;
    this.records = records;
    this.schemas = schemas;
    this.users = users;
    this.trail = trail;
    this.clock = clock;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * The settings with all that can be set, and how far the scoring by them is.
   *
   * @param fields the fields that can be picked, with the percentages of those that are (LEAD-143)
   * @param kinds the settings whose choices can have scores (LEAD-146)
   * @param sum of all percentages
   * @param maximum what can be reached (LEAD-150)
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Shown(
      int version,
      List<Picked> fields,
      List<Kind> kinds,
      int pointsPerView,
      int websiteCap,
      String display,
      long sum,
      long maximum,
      Progress progress,
      @Nullable Instant changedAt,
      @Nullable String changedBy) {}

  /** A field; without a percentage it is not picked. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Picked(String field, String label, @Nullable Integer percentage) {}

  /** A classifying field and its choices. */
  public record Kind(String field, String label, List<Scored> choices) {}

  /** A choice; without points it has no score. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Scored(long id, String label, @Nullable String colour, @Nullable Integer points) {}

  /** How far the scoring of all leads is: {@code done}, {@code running} or {@code cancelled}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Progress(
      String state,
      long looked,
      long changed,
      long total,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {}

  /** What somebody wants; what is missing stays as it is. */
  public record Wanted(
      @Nullable Integer version,
      @Nullable Map<String, @Nullable Integer> fields,
      @Nullable Map<String, @Nullable Integer> choices,
      @Nullable Integer pointsPerView,
      @Nullable Integer websiteCap,
      @Nullable String display) {}

  /**
   * What a change would do.
   *
   * @param maximum what could be reached
   * @param leads how many leads would be scored anew; 0 when none would
   * @param looked how many of the newest leads were tried
   * @param changed how many of those would have another total or percentage
   * @param rises how many of those would have a higher percentage
   * @param falls how many of those would have a lower percentage
   * @param samples some that would change, the largest changes first
   */
  public record Preview(
      long maximum,
      long before,
      long leads,
      int looked,
      int changed,
      int rises,
      int falls,
      List<Sample> samples) {}

  /** A lead as it is and as it would be. */
  public record Sample(
      long id,
      @Nullable String name,
      long total,
      int percentage,
      long newTotal,
      int newPercentage) {}

  public Shown read() {
    return Objects.requireNonNull(transaction.execute(status -> shown(rows.find())));
  }

  private Shown shown(ScoreSettingsRows.Kept kept) {
    Schema schema = schemas.latest();
    ScoreSettings settings = kept.settings();
    PointScale scale = scales.of(settings, schema);
    List<Picked> fields = new ArrayList<>();
    for (Field field : schema.fields(EntityType.LEAD)) {
      if (PointScale.pickable(field)) {
        fields.add(new Picked(field.key(), field.label(), settings.fields().get(field.key())));
      }
    }
    List<Kind> kinds = new ArrayList<>();
    for (String kind : PointScale.KINDS) {
      List<Scored> choices =
          schema.choices(kind).stream()
              .map(
                  choice ->
                      new Scored(
                          choice.id(),
                          choice.label(),
                          choice.colour(),
                          settings.choices().get(choice.id())))
              .toList();
      String label = schema.field(EntityType.LEAD, kind).map(Field::label).orElse(kind);
      kinds.add(new Kind(kind, label, choices));
    }
    Rescoring.Progress progress = rescoring.progress();
    Long by = kept.changedBy();
    return new Shown(
        kept.version(),
        fields,
        kinds,
        settings.pointsPerView(),
        settings.websiteCap(),
        name(settings.display()),
        scale.facts().fields().stream().mapToLong(FieldShare::points).sum(),
        scale.maximum(),
        new Progress(
            name(progress.state()),
            progress.looked(),
            progress.changed(),
            progress.total(),
            progress.startedAt(),
            progress.endedAt()),
        kept.changedAt(),
        by == null ? null : users.find(by).map(Users.Person::name).orElse(null));
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  /** What a score is shown as, and in relation to what. */
  public record Display(String display, long maximum) {}

  public Display display() {
    PointScale scale = scales.scale(schemas.current());
    return new Display(name(scale.settings().display()), scale.maximum());
  }

  public Shown change(Wanted wanted) {
    transaction.executeWithoutResult(
        status -> {
          ScoreSettingsRows.Kept kept = rows.lock();
          if (wanted.version() == null || wanted.version() != kept.version()) {
            throw RefusedException.outdated(
                "the settings of the score", wanted.version(), kept.version());
          }
          ScoreSettings before = kept.settings();
          ScoreSettings after = new ScoreSettingsCheck(schemas.latest()).checked(wanted, before);
          if (!after.equals(before)) {
            rows.write(after, clock.instant(), users.current().map(Users.Person::id).orElse(null));
            trail.record(
                AuditEvent.of("score-settings.changed", "score settings", 1, "Lead score")
                    .change("fields", before.fields(), after.fields())
                    .change("choices", before.choices(), after.choices())
                    .change("pointsPerView", before.pointsPerView(), after.pointsPerView())
                    .change("websiteCap", before.websiteCap(), after.websiteCap())
                    .change("display", before.display(), after.display()));
          }
        });
    schemas.latest();
    rescoring.open();
    return read();
  }

  /** Scores all leads anew although nothing has changed. */
  public Shown again() {
    transaction.executeWithoutResult(status -> rescoring.begin());
    trail.record(AuditEvent.of("score.started", "score settings", 1, "Lead score"));
    return read();
  }

  /** Stops the scoring of all leads; those that it has not come to keep their scores. */
  public Shown cancel() {
    transaction.executeWithoutResult(status -> rescoring.cancel());
    trail.record(AuditEvent.of("score.cancelled", "score settings", 1, "Lead score"));
    return read();
  }

  /** Tries settings on the newest leads without changing anything. */
  public Preview preview(Wanted wanted) {
    ScoreSettingsRows.Kept kept =
        Objects.requireNonNull(transaction.execute(status -> rows.find()));
    Schema schema = schemas.latest();
    PointScale before = scales.of(kept.settings(), schema);
    PointScale after =
        scales.of(new ScoreSettingsCheck(schema).checked(wanted, kept.settings()), schema);
    boolean same = before.facts().equals(after.facts());
    List<Record> leads =
        records
            .search(
                new Records.Search(
                    EntityType.LEAD, Filter.ALL, Set.of(), null, true, null, SAMPLE, false))
            .items();
    Map<Long, List<ScorePart>> parts =
        Objects.requireNonNull(
            transaction.execute(status -> book.parts(leads, book.account(leads), after, schema)));
    List<Sample> samples = new ArrayList<>();
    int rises = 0;
    int falls = 0;
    for (Record lead : leads) {
      Points now = ScoreBook.points(parts.getOrDefault(lead.ref().id(), List.of()), after);
      long total = number(lead, "score");
      int percentage = (int) number(lead, "scorePercent");
      if (total != now.total() || percentage != now.percentage()) {
        samples.add(
            new Sample(
                lead.ref().id(),
                lead.values().text("name"),
                total,
                percentage,
                now.total(),
                now.percentage()));
        rises += now.percentage() > percentage ? 1 : 0;
        falls += now.percentage() < percentage ? 1 : 0;
      }
    }
    int changed = samples.size();
    samples.sort(
        (a, b) ->
            Integer.compare(
                Math.abs(b.newPercentage() - b.percentage()),
                Math.abs(a.newPercentage() - a.percentage())));
    return new Preview(
        after.maximum(),
        before.maximum(),
        same ? 0 : records.count(EntityType.LEAD, Filter.ALL),
        leads.size(),
        changed,
        rises,
        falls,
        samples.subList(0, Math.min(SHOWN, changed)));
  }

  private static long number(Record lead, String key) {
    Long number = lead.values().number(key);
    return number == null ? 0 : number;
  }
}
