package io.leadloom.record.web;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.merge.MergeOrder;
import io.leadloom.record.merge.MergePreview;
import io.leadloom.record.merge.Merges;
import io.leadloom.record.merge.Unmerge;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Merges records, and takes merges back. */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/{entity:leads|contacts|accounts}")
class MergeController {

  private final Merges merges;
  private final MergePreview previews;
  private final Unmerge unmerge;
  private final RecordAnswers answers;
  private final Caller caller;

  MergeController(
      Merges merges, MergePreview previews, Unmerge unmerge, RecordAnswers answers, Caller caller) {
    this.merges = merges;
    this.previews = previews;
    this.unmerge = unmerge;
    this.answers = answers;
    this.caller = caller;
  }

  /**
   * A record that could be merged.
   *
   * @param mayKeep whether it may be the one that stays
   * @param bar why it may not: severalConverted, otherConverted or permission; null when it may
   * @param related how much belongs to it, by kind
   */
  record Candidate(
      @JsonUnwrapped RecordJson record,
      boolean mayKeep,
      @Nullable String bar,
      Map<String, Long> related) {}

  /**
   * What there is to merge.
   *
   * @param suggested the record that should stay
   * @param fields the keys of the fields whose values may be chosen
   * @param fixed whether one of them has been converted, so that only that one may stay, with its values
   */
  record Candidates(List<Candidate> items, long suggested, List<String> fields, boolean fixed) {}

  /** A record that becomes part of another, as the caller has seen it. */
  record Part(@Nullable Long id, @Nullable Integer version) {}

  /**
   * A merge to do.
   *
   * @param version of the record that stays, as the caller has seen it
   * @param take whose value a field gets, by its key
   */
  record NewMerge(
      @Nullable Integer version,
      @Nullable List<@Nullable Part> records,
      @Nullable Map<String, @Nullable Long> take) {}

  /** The record that stays, and the merge. */
  record Merged(RecordJson record, long merge) {}

  /** Merges into a record. */
  record Items(List<Unmerge.Item> items) {}

  /** Which merge to take back. */
  record WhichMerge(@Nullable Long merge) {}

  /** Shows records beside each other before they are merged. */
  @GetMapping("/merge")
  @Needs(Action.DELETE)
  Candidates preview(@PathVariable String entity, @RequestParam List<Long> ids) {
    Rights rights = caller.rights();
    MergePreview.Candidates found = previews.of(RecordController.type(entity), ids, rights);
    return new Candidates(
        found.items().stream()
            .map(
                one ->
                    new Candidate(
                        answers.json(one.record(), rights),
                        one.mayKeep(),
                        bar(one.bar()),
                        one.related()))
            .toList(),
        found.suggested(),
        found.fields(),
        found.fixed());
  }

  private static @Nullable String bar(MergePreview.@Nullable Bar bar) {
    return bar == null
        ? null
        : switch (bar) {
          case SEVERAL_CONVERTED -> "severalConverted";
          case OTHER_CONVERTED -> "otherConverted";
          case PERMISSION -> "permission";
        };
  }

  /** Merges other records into this one. */
  @PostMapping(RecordController.ID + "/merge")
  @Needs(Action.DELETE)
  ResponseEntity<?> merge(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestBody NewMerge body,
      HttpServletRequest request) {
    EntityType type = RecordController.type(entity);
    Rights rights = caller.rights();
    RecordRef survivor = new RecordRef(type, id);
    List<MergeOrder.Other> others =
        body.records() == null
            ? List.of()
            : body.records().stream().map(MergeController::other).toList();
    Map<String, Long> take = new HashMap<>();
    if (body.take() != null) {
      body.take().forEach((key, from) -> take.put(key, from == null ? 0L : from));
    }
    Merges.Outcome outcome =
        merges.merge(
            new MergeOrder(survivor, body.version(), others, take), rights, caller.cause(request));
    return outcome.id() == null
        ? answers.of(outcome.result(), null, rights)
        : ResponseEntity.ok(new Merged(answers.json(survivor, rights), outcome.id()));
  }

  private static MergeOrder.Other other(@Nullable Part one) {
    if (one == null || one.id() == null) {
      throw RefusedException.invalid(
          "These cannot be merged", Violation.of("records", null, "records with an id each"));
    }
    return new MergeOrder.Other(one.id(), one.version());
  }

  /** The merges into this record that are not taken back. */
  @GetMapping(RecordController.ID + "/merges")
  @Needs(Action.VIEW)
  Items merges(@PathVariable String entity, @PathVariable long id) {
    return new Items(unmerge.of(new RecordRef(RecordController.type(entity), id), caller.rights()));
  }

  /** What would not become as it was when a merge is taken back. */
  @GetMapping(RecordController.ID + "/merges/undo")
  @Needs(Action.DELETE)
  Unmerge.Report check(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestParam(defaultValue = "0") long merge,
      HttpServletRequest request) {
    return undo(entity, id, merge, true, request);
  }

  /** Takes a merge back. */
  @PostMapping(RecordController.ID + "/merges/undo")
  @Needs(Action.DELETE)
  Unmerge.Report undo(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestBody WhichMerge body,
      HttpServletRequest request) {
    return undo(entity, id, body.merge() == null ? 0 : body.merge(), false, request);
  }

  private Unmerge.Report undo(
      String entity, long id, long merge, boolean check, HttpServletRequest request) {
    return unmerge.undo(
        new RecordRef(RecordController.type(entity), id),
        merge,
        check,
        caller.rights(),
        caller.cause(request));
  }
}
