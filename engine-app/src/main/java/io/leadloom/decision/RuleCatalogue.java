package io.leadloom.decision;

import io.leadloom.decision.rulebase.LeadFacts;
import io.leadloom.decision.rulebase.RuleBase;
import io.leadloom.platform.RefusedException;
import io.leadloom.rules.fact.Lead;
import io.leadloom.rules.verdict.Assignment;
import io.leadloom.schema.Values;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.drools.decisiontable.InputType;
import org.drools.decisiontable.SpreadsheetCompiler;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.definition.KiePackage;
import org.kie.api.definition.rule.Rule;
import org.kie.api.runtime.StatelessKieSession;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The rules and tables of the {@code rules} module, compiled together at first use. */
@Component
class RuleCatalogue implements DecisionTables {

  private static final String TABLE = ".drl.csv";

  private final Map<String, DecisionTable> tables = new TreeMap<>();
  private final Map<String, KieBase> rules = new HashMap<>();
  private boolean loaded;

  @Override
  public List<String> names() {
    load();
    return List.copyOf(tables.keySet());
  }

  @Override
  public DecisionTable named(String name) {
    load();
    DecisionTable table = tables.get(name);
    if (table == null) {
      throw RefusedException.notFound("decision table", name);
    }
    return table;
  }

  /** The rule base that holds the rule; null when no rule has this name. */
  @Nullable KieBase withRule(String name) {
    load();
    return rules.get(name);
  }

  /** Compiles everything; later calls do nothing. */
  synchronized void load() {
    if (loaded) {
      return;
    }
    try {
      PathMatchingResourcePatternResolver resolver =
          new PathMatchingResourcePatternResolver(RuleCatalogue.class.getClassLoader());
      for (Resource file : resolver.getResources("classpath*:rules/*/*.drl")) {
        if (file.getURL().getPath().contains("/lead-scoring/")) {
          // They read what earns points, not leads, so no condition can name them.
          continue;
        }
        KieBase base = compile(file.toString(), file.getContentAsString(StandardCharsets.UTF_8));
        for (KiePackage module : base.getKiePackages()) {
          for (Rule rule : module.getRules()) {
            rules.put(rule.getName(), base);
          }
        }
      }
      for (Resource file : resolver.getResources("classpath*:rules/*/*" + TABLE)) {
        String name = String.valueOf(file.getFilename());
        try (InputStream in = file.getInputStream()) {
          tables.put(name.substring(0, name.length() - TABLE.length()), table(file.toString(), in));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("The rules module cannot be read", e);
    }
    loaded = true;
  }

  /** Compiles a table of comma-separated values, wherever it comes from. */
  static DecisionTable table(String origin, InputStream csv) {
    return new TerritoryTable(
        compile(origin, new SpreadsheetCompiler().compile(csv, InputType.CSV)));
  }

  private static KieBase compile(String origin, String drl) {
    RuleBase.Result result = RuleBase.compile(List.of(drl));
    if (!result.errors().isEmpty()) {
      throw new IllegalStateException(origin + " does not compile: " + result.errors());
    }
    return result.base();
  }

  /** A table whose rows fire in order of priority. */
  private record TerritoryTable(KieBase base) implements DecisionTable {

    @Override
    public Set<String> fields() {
      return LeadFacts.FIELDS;
    }

    @Override
    public List<Optional<Assignment>> assign(List<Values> leads) {
      List<Lead> facts = new ArrayList<>(leads.size());
      for (int i = 0; i < leads.size(); i++) {
        facts.add(LeadFacts.of(i, leads.get(i)));
      }
      List<Object> verdicts = new ArrayList<>();
      StatelessKieSession session = base.newStatelessKieSession();
      session.setGlobal("verdicts", verdicts);
      session.execute(facts);
      Map<Long, Assignment> first = new HashMap<>();
      for (Object verdict : verdicts) {
        if (verdict instanceof Assignment assignment) {
          first.putIfAbsent(assignment.leadId(), assignment);
        }
      }
      List<Optional<Assignment>> assignments = new ArrayList<>(leads.size());
      for (int i = 0; i < leads.size(); i++) {
        assignments.add(Optional.ofNullable(first.get((long) i)));
      }
      return assignments;
    }
  }
}
