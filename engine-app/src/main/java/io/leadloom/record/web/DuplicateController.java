package io.leadloom.record.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.duplicate.Duplicates;
import io.leadloom.record.duplicate.Lookalikes;
import io.leadloom.record.duplicate.Lookalikes.Lookalike;
import io.leadloom.record.duplicate.MatchRule;
import io.leadloom.record.duplicate.MatchRules;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schemas;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Records that are likely to mean the same. */
@Tag(name = "Duplicates")
@RestController
@RequestMapping("/api/v1/{entity:leads|contacts|accounts}")
class DuplicateController {

  private static final int MOST = 100;

  private final Duplicates duplicates;
  private final Lookalikes lookalikes;
  private final MatchRules rules;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final Caller caller;

  DuplicateController(
      Duplicates duplicates,
      Lookalikes lookalikes,
      MatchRules rules,
      Schemas schemas,
      FieldConversion conversion,
      Caller caller) {
    this.duplicates = duplicates;
    this.lookalikes = lookalikes;
    this.rules = rules;
    this.schemas = schemas;
    this.conversion = conversion;
    this.caller = caller;
  }

  /**
   * A rule as readers of the report see it.
   *
   * @param label of the field that it compares
   * @param percent how much has been compared, while that goes on; not how many records there are, since readers reach some
   * @param madeAt when all records had been compared
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Rule(
      long id,
      String kind,
      @Nullable String label,
      boolean sure,
      String state,
      @Nullable Integer percent,
      @Nullable Instant madeAt) {}

  /**
   * Records that are likely to mean the same.
   *
   * @param count how many are within reach; 50 may be more
   */
  record Group(long id, long rule, Instant foundAt, List<RecordJson> records, int count) {}

  /** A page of groups, newest first, with the rules that the reader may see. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Groups(List<Group> items, @Nullable String next, List<Rule> rules) {}

  /** A record that looks like another, with the ids of the rules that say so. */
  record Like(RecordJson record, Set<Long> rules) {}

  /** Those that look like a record. */
  record Likes(List<Like> items, List<Rule> rules) {}

  /** Records that are not the same. */
  record Which(@Nullable List<@Nullable Long> records) {}

  /** What somebody is about to make. */
  record Draft(@Nullable Map<String, @Nullable Object> values) {}

  /**
   * The report of likely duplicates, newest first.
   *
   * @param rule only what this rule has found
   * @param match {@code sure} or {@code likely}; both without it
   */
  @GetMapping("/duplicates")
  @Needs(Action.VIEW)
  Groups report(
      @PathVariable String entity,
      @RequestParam(required = false) @Nullable Long rule,
      @RequestParam(required = false) @Nullable String match,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "25") int limit) {
    if (limit < 1 || limit > MOST) {
      throw refused("limit", limit, "a number from 1 to " + MOST);
    }
    if (cursor != null && !cursor.matches("[0-9]{1,18}")) {
      throw refused("cursor", cursor, "the 'next' of the page before, unchanged");
    }
    if (match != null && !match.equals("sure") && !match.equals("likely")) {
      throw refused("match", match, "sure or likely");
    }
    EntityType type = RecordController.type(entity);
    Rights rights = caller.rights();
    Duplicates.Groups found =
        duplicates.page(
            new Duplicates.Query(
                type,
                rule,
                match == null ? null : Boolean.valueOf(match.equals("sure")),
                cursor == null ? null : Long.valueOf(cursor),
                limit),
            rights);
    return new Groups(
        found.items().stream()
            .map(
                group ->
                    new Group(
                        group.id(),
                        group.rule(),
                        group.foundAt(),
                        group.records().stream()
                            .map(record -> RecordJson.of(record, null, rights))
                            .toList(),
                        group.count()))
            .toList(),
        found.next() == null ? null : found.next().toString(),
        rules(type, rights));
  }

  private static RefusedException refused(String place, Object given, String expected) {
    return RefusedException.invalid(
        "The question is not clear", Violation.of(place, given, expected));
  }

  private List<Rule> rules(EntityType type, Rights rights) {
    return rules.seen(type, rights).stream().map(this::json).toList();
  }

  private Rule json(MatchRule rule) {
    return new Rule(
        rule.id(),
        rule.kind().key(),
        rules.label(rule),
        rule.sure(),
        rule.state().key(),
        rule.percent(),
        rule.madeAt());
  }

  /** Notes that records are not the same, each of each other: rules that find them say nothing any more. */
  @PostMapping("/duplicates/apart")
  @Needs(Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void apart(@PathVariable String entity, @RequestBody Which body) {
    duplicates.mark(RecordController.type(entity), body.records(), false, caller.rights());
  }

  /** Takes back that records are not the same. */
  @PostMapping("/duplicates/together")
  @Needs(Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void together(@PathVariable String entity, @RequestBody Which body) {
    duplicates.mark(RecordController.type(entity), body.records(), true, caller.rights());
  }

  /** The records that look like one, at most 10. */
  @GetMapping(RecordController.ID + "/duplicates")
  @Needs(Action.VIEW)
  Likes of(@PathVariable String entity, @PathVariable long id) {
    EntityType type = RecordController.type(entity);
    Rights rights = caller.rights();
    return likes(type, lookalikes.of(new RecordRef(type, id), rights), rights);
  }

  /** The records that look like what somebody is about to make, at most 10; nothing is written. */
  @PostMapping("/duplicates/like")
  @Needs(Action.VIEW)
  Likes like(@PathVariable String entity, @RequestBody Draft body) {
    EntityType type = RecordController.type(entity);
    Rights rights = caller.rights();
    NaturalValues given =
        NaturalValues.read(
            type, null, body.values(), schemas.current().visibleTo(rights), conversion);
    return likes(type, lookalikes.of(type, given.values(), rights), rights);
  }

  private Likes likes(EntityType type, List<Lookalike> found, Rights rights) {
    return new Likes(
        found.stream()
            .map(one -> new Like(RecordJson.of(one.record(), null, rights), one.rules()))
            .toList(),
        rules(type, rights));
  }
}
