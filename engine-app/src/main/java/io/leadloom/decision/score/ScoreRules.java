package io.leadloom.decision.score;

import io.leadloom.decision.rulebase.RuleBase;
import io.leadloom.rules.fact.ChoiceScore;
import io.leadloom.rules.fact.FieldShare;
import io.leadloom.rules.fact.FilledField;
import io.leadloom.rules.fact.GivenPoints;
import io.leadloom.rules.fact.PageViews;
import io.leadloom.rules.fact.PostedActivities;
import io.leadloom.rules.fact.WebsiteScore;
import io.leadloom.rules.verdict.ScorePart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.runtime.StatelessKieSession;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The rules of the topic {@code lead-scoring}: what each part of a lead's score adds (LEAD-145 to LEAD-149). What the
 * account has set stands beside the leads as facts, so a change of settings compiles nothing.
 */
@Component
public class ScoreRules {

  private @Nullable KieBase base;

  /** What leads earn points by. */
  public record Scale(List<FieldShare> fields, List<ChoiceScore> choices, WebsiteScore website) {

    public Scale {
      fields = List.copyOf(fields);
      choices = List.copyOf(choices);
    }
  }

  /** What is known of some leads; each fact says of which one. */
  public record Known(
      List<FilledField> filled,
      List<PostedActivities> posted,
      List<PageViews> views,
      List<GivenPoints> given) {

    public Known {
      filled = List.copyOf(filled);
      posted = List.copyOf(posted);
      views = List.copyOf(views);
      given = List.copyOf(given);
    }
  }

  /** The parts of the leads' scores, in no special order; a lead without points has none. */
  public List<ScorePart> parts(Scale scale, Known leads) {
    Collection<Object> facts = new ArrayList<>();
    facts.addAll(scale.fields());
    facts.addAll(scale.choices());
    facts.add(scale.website());
    facts.addAll(leads.filled());
    facts.addAll(leads.posted());
    facts.addAll(leads.views());
    facts.addAll(leads.given());
    List<Object> verdicts = new ArrayList<>();
    StatelessKieSession session = base().newStatelessKieSession();
    session.setGlobal("verdicts", verdicts);
    session.execute(facts);
    return verdicts.stream().map(ScorePart.class::cast).toList();
  }

  private synchronized KieBase base() {
    KieBase compiled = base;
    if (compiled == null) {
      compiled = compile();
      base = compiled;
    }
    return compiled;
  }

  private static KieBase compile() {
    List<String> sources = new ArrayList<>();
    try {
      for (Resource file :
          new PathMatchingResourcePatternResolver(ScoreRules.class.getClassLoader())
              .getResources("classpath*:rules/lead-scoring/*.drl")) {
        sources.add(file.getContentAsString(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new IllegalStateException("The rules of the lead score cannot be read", e);
    }
    RuleBase.Result result = RuleBase.compile(sources);
    if (!result.errors().isEmpty()) {
      throw new IllegalStateException(
          "The rules of the lead score do not compile: " + result.errors());
    }
    return result.base();
  }
}
