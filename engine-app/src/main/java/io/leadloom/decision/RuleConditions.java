package io.leadloom.decision;

import io.leadloom.decision.rulebase.LeadFacts;
import io.leadloom.decision.rulebase.VerdictSheet;
import io.leadloom.rules.fact.Lead;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.event.rule.AfterMatchFiredEvent;
import org.kie.api.event.rule.DefaultAgendaEventListener;
import org.kie.api.runtime.StatelessKieSession;

/** The compiled rules of one version. */
final class RuleConditions implements CompiledConditions {

  /** A condition that is a rule of the rules module. */
  record OfModule(int number, String rule, KieBase base) {}

  private final Schemas schemas;
  private final String drl;
  private final List<String> ruleNames;
  private final List<OfModule> ofModule;
  private final Map<String, Uses> uses;
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Conditions.Needs needs;
  private final FactBuilder facts;
  private volatile @Nullable KieBase base;

  RuleConditions(
      Schemas schemas,
      KieBase base,
      String packageName,
      String drl,
      List<String> ruleNames,
      FactModel model,
      Map<String, Uses> uses,
      List<OfModule> ofModule) {
    this.schemas = schemas;
    this.ofModule = List.copyOf(ofModule);
    this.base = base;
    this.drl = drl;
    this.ruleNames = ruleNames;
    this.uses = uses;
    Uses all = new Uses();
    for (Map.Entry<String, Uses> entry : uses.entrySet()) {
      numbers.put(entry.getKey(), numbers.size());
      all.addAll(entry.getValue());
    }
    this.needs = all.needs();
    this.facts =
        new FactBuilder(model, new FactTypes(base, packageName, model), needs.activityTypes());
  }

  @Override
  public String drl() {
    return drl;
  }

  @Override
  public Conditions.Needs needs() {
    return needs;
  }

  @Override
  public Set<String> reads(String conditionId) {
    return uses(conditionId).reads();
  }

  private Uses uses(String conditionId) {
    Uses found = uses.get(conditionId);
    if (found == null) {
      throw new IllegalArgumentException("There is no condition '" + conditionId + "'");
    }
    return found;
  }

  @Override
  public List<Verdicts> evaluate(List<Facts> runs, Instant now, ZoneId zone) {
    KieBase open = base;
    if (open == null) {
      throw new IllegalStateException("These conditions are closed");
    }
    VerdictSheet sheet = new VerdictSheet(runs.size());
    List<Object> inserted = new ArrayList<>(runs.size() + 1);
    facts.times(now, zone, inserted);
    KeptForms kept = new KeptForms(schemas.current());
    List<Verdicts> verdicts = new ArrayList<>(runs.size());
    for (int run = 0; run < runs.size(); run++) {
      verdicts.add(
          new RunVerdicts(sheet, run, facts.build(run, runs.get(run), kept, zone, inserted)));
    }
    StatelessKieSession session = open.newStatelessKieSession();
    session.setGlobal("verdicts", sheet);
    session.execute(inserted);
    ofModule.forEach(condition -> evaluate(condition, runs, kept, sheet));
    return verdicts;
  }

  private static void evaluate(
      OfModule condition, List<Facts> runs, KeptForms kept, VerdictSheet sheet) {
    List<Lead> leads = new ArrayList<>(runs.size());
    for (int run = 0; run < runs.size(); run++) {
      leads.add(LeadFacts.of(run, kept.ofLead(runs.get(run).values(Criterion.Source.LEAD, null))));
    }
    StatelessKieSession session = condition.base().newStatelessKieSession();
    session.setGlobal("verdicts", new ArrayList<>());
    session.addEventListener(
        new DefaultAgendaEventListener() {
          @Override
          public void afterMatchFired(AfterMatchFiredEvent event) {
            if (event.getMatch().getRule().getName().equals(condition.rule())) {
              for (Object fact : event.getMatch().getObjects()) {
                if (fact instanceof Lead lead) {
                  sheet.holds((int) lead.id(), condition.number());
                }
              }
            }
          }
        });
    session.execute(leads);
  }

  @Override
  public void close() {
    base = null;
  }

  private final class RunVerdicts implements Verdicts {

    private final VerdictSheet sheet;
    private final int run;
    private final FactBuilder.Built built;

    RunVerdicts(VerdictSheet sheet, int run, FactBuilder.Built built) {
      this.sheet = sheet;
      this.run = run;
      this.built = built;
    }

    private int number(String conditionId) {
      Integer number = numbers.get(conditionId);
      if (number == null) {
        throw new IllegalArgumentException("There is no condition '" + conditionId + "'");
      }
      return number;
    }

    @Override
    public boolean holds(String conditionId) {
      return sheet.isTrue(run, number(conditionId));
    }

    @Override
    public @Nullable String firedRule(String conditionId) {
      int number = number(conditionId);
      return sheet.isTrue(run, number) ? ruleNames.get(number) : null;
    }

    @Override
    public Map<String, @Nullable Object> seen(String conditionId) {
      Map<String, @Nullable Object> seen = new LinkedHashMap<>();
      for (Uses.Shown shown : uses(conditionId).shown()) {
        seen.put(shown.name(), built.value(shown));
      }
      return seen;
    }
  }

  /** Values of nothing, for a record that is not there. */
  static final Values NOTHING = Values.none();
}
