package io.leadloom.automation.definition;

import io.leadloom.automation.Problem;
import io.leadloom.platform.EntityType;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldDefinitions;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.deal.Deals;
import io.leadloom.schema.deal.OtherChoices;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Knows which automations use a custom field: those with a version, live or with waiting runs, that would have problems
 * without it. Only versions that name the field at all are checked.
 */
@Component
class FieldsInAutomations implements FieldDefinitions.Uses {

  private static final String KIND = "automation";

  private final Automations automations;
  private final AutomationVersions versions;
  private final VersionCompiler compiler;
  private final LiveVersions live;
  private final PublishedAutomations published;
  private final Incidents incidents;
  private final Schemas schemas;
  private final JdbcTemplate jdbc;

  FieldsInAutomations(
      Automations automations,
      AutomationVersions versions,
      VersionCompiler compiler,
      LiveVersions live,
      PublishedAutomations published,
      Incidents incidents,
      Schemas schemas,
      JdbcTemplate jdbc) {
    this.automations = automations;
    this.versions = versions;
    this.compiler = compiler;
    this.live = live;
    this.published = published;
    this.incidents = incidents;
    this.schemas = schemas;
    this.jdbc = jdbc;
  }

  @Override
  public List<FieldDefinitions.Use> of(Field field) {
    Schema now = schemas.current();
    return using(Set.of(field.key()), now, now.keeping(kept -> kept.id() != field.id()));
  }

  @Override
  public List<FieldDefinitions.Use> ofChoice(Choice choice) {
    Schema now = schemas.current();
    return using(Set.of(choice.kind()), now, new OtherChoices(now, now.deals(), choice));
  }

  @Override
  public List<FieldDefinitions.Use> withOnly(Deals left) {
    Schema now = schemas.current();
    return using(Set.of(EntityType.OPPORTUNITY.key()), now, new OtherChoices(now, left, null));
  }

  @Override
  public void renamed(Choice choice) {
    dealsChanged();
  }

  @Override
  public void dealsChanged() {
    published.bump();
    TransactionSynchronizationManager.registerSynchronization(
        new TransactionSynchronization() {
          @Override
          public void afterCommit() {
            published.invalidate();
          }
        });
  }

  private List<FieldDefinitions.Use> using(Set<String> keys, Schema now, Schema without) {
    Map<Long, FieldDefinitions.Use> uses = new LinkedHashMap<>();
    List<AutomationVersion> live = versions.live();
    Set<Long> publishedIds = new HashSet<>();
    live.forEach(version -> publishedIds.add(version.id()));
    List<AutomationVersion> all = new ArrayList<>(live);
    all.addAll(versions.findAllById(waiting(publishedIds)));
    for (AutomationVersion version : all) {
      if (!uses.containsKey(version.automationId())
          && names(version, keys)
          && breaks(version, now, without)) {
        String old =
            publishedIds.contains(version.id()) ? "" : " (version " + version.number() + ")";
        String name =
            automations.findById(version.automationId()).map(Automation::name).orElse("?") + old;
        uses.put(
            version.automationId(), new FieldDefinitions.Use(KIND, version.automationId(), name));
      }
    }
    return List.copyOf(uses.values());
  }

  private static boolean names(AutomationVersion version, Set<String> keys) {
    String bpmn = version.bpmn().toLowerCase(Locale.ROOT);
    return keys.stream().anyMatch(key -> bpmn.contains(key.toLowerCase(Locale.ROOT)));
  }

  /** The other versions that still have runs under way. */
  private List<Long> waiting(Set<Long> publishedIds) {
    List<Long> candidates =
        jdbc.queryForList(
            "select version_id from card_figure where card = '' group by version_id"
                + " having sum(waiting) + sum(failed) > 0",
            Long.class);
    return candidates.stream()
        .filter(id -> !publishedIds.contains(id))
        .filter(
            id ->
                !jdbc.queryForList(
                        "select r.id from run r join automation_version v on v.id = ?"
                            + " where r.automation_id = v.automation_id and r.status in (2, 3)"
                            + " and r.version_id = v.id limit 1",
                        Long.class,
                        id)
                    .isEmpty())
        .toList();
  }

  private boolean breaks(AutomationVersion version, Schema now, Schema without) {
    List<Problem> left = problems(version, without);
    return !left.isEmpty() && !problems(version, now).containsAll(left);
  }

  private List<Problem> problems(AutomationVersion version, Schema schema) {
    String name = LiveVersions.name(version.automationId(), version.id());
    Checked checked = compiler.check(version.bpmn(), name, this.live::automationId, true, schema);
    if (checked.conditions() != null) {
      checked.conditions().close();
    }
    return checked.problems();
  }

  @Override
  public void stop(Field field, List<FieldDefinitions.Use> uses) {
    String reason =
        "The field '%s' (%s) of %s, which it uses, was deleted"
            .formatted(field.label(), field.key(), field.entity().path());
    uses.forEach(use -> incidents.halt(use.id(), reason));
  }
}
