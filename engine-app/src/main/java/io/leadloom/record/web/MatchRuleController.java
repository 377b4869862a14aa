package io.leadloom.record.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.permission.Needs;
import io.leadloom.record.duplicate.MatchRule;
import io.leadloom.record.duplicate.MatchRules;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The rules by which records are likely to mean the same, for administrators. */
@Tag(name = "Duplicates")
@RestController
@RequestMapping("/api/v1/settings/match-rules")
class MatchRuleController {

  private final MatchRules rules;

  MatchRuleController(MatchRules rules) {
    this.rules = rules;
  }

  /**
   * A rule.
   *
   * @param field the key of the field that it compares, for kind {@code field}
   * @param label of that field; missing when it is gone
   * @param groups how many groups it has found
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Shown(
      long id,
      int version,
      String entity,
      String kind,
      @Nullable String field,
      @Nullable String label,
      boolean sure,
      boolean enabled,
      String state,
      long looked,
      long total,
      long groups,
      @Nullable Instant startedAt,
      @Nullable Instant madeAt) {}

  /** All rules. */
  record All(List<Shown> items) {}

  /** A new rule. */
  record NewRule(
      @Nullable String entity,
      @Nullable String kind,
      @Nullable String field,
      @Nullable Boolean sure) {}

  /** A change of a rule; what is missing stays. */
  record ChangedRule(
      @Nullable Integer version, @Nullable Boolean sure, @Nullable Boolean enabled) {}

  @GetMapping
  @Needs(administrator = true)
  All all() {
    Map<Long, Long> groups = rules.groups();
    return new All(
        rules.all().stream().map(rule -> json(rule, groups.getOrDefault(rule.id(), 0L))).toList());
  }

  private Shown json(MatchRule rule, long groups) {
    return new Shown(
        rule.id(),
        rule.version(),
        rule.entity().path(),
        rule.kind().key(),
        rule.field().isEmpty() ? null : rule.field(),
        rules.label(rule),
        rule.sure(),
        rule.enabled(),
        rule.state().key(),
        rule.looked(),
        rule.total(),
        groups,
        rule.startedAt(),
        rule.madeAt());
  }

  private Shown json(MatchRule rule) {
    return json(rule, rules.groups().getOrDefault(rule.id(), 0L));
  }

  @PostMapping
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.CREATED)
  Shown create(@RequestBody NewRule body) {
    return json(
        rules.create(body.entity(), body.kind(), body.field(), Boolean.TRUE.equals(body.sure())));
  }

  @PatchMapping("/{id}")
  @Needs(administrator = true)
  Shown change(@PathVariable long id, @RequestBody ChangedRule body) {
    return json(rules.change(id, body.version(), body.sure(), body.enabled()));
  }

  /** Forgets what a rule has found and compares all records anew. */
  @PostMapping("/{id}/run")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Shown again(@PathVariable long id) {
    return json(rules.again(id));
  }

  @DeleteMapping("/{id}")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable long id) {
    rules.remove(id);
  }
}
