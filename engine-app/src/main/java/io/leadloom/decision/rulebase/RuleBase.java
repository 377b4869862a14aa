package io.leadloom.decision.rulebase;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.drools.drl.parser.DroolsError;
import org.drools.kiesession.rulebase.InternalKnowledgeBase;
import org.drools.kiesession.rulebase.KnowledgeBaseFactory;
import org.kie.api.KieBase;
import org.kie.api.KieServices;
import org.kie.api.io.ResourceType;
import org.kie.internal.builder.KnowledgeBuilder;
import org.kie.internal.builder.KnowledgeBuilderConfiguration;
import org.kie.internal.builder.KnowledgeBuilderError;
import org.kie.internal.builder.KnowledgeBuilderFactory;
import org.kie.internal.io.ResourceFactory;

/**
 * Compiles DRL in memory. No KIE module is registered anywhere, so a rule base is freed as soon as nothing refers to it.
 */
public final class RuleBase {

  /** Either a rule base or the errors that prevent one. */
  public record Result(KieBase base, List<Error> errors) {}

  /**
   * A compile error.
   *
   * @param line the line in the source, counted from 1; 0 or less when unknown
   */
  public record Error(int line, String message) {}

  private RuleBase() {}

  public static Result compile(List<String> sources) {
    KnowledgeBuilderConfiguration configuration =
        (KnowledgeBuilderConfiguration)
            KnowledgeBuilderFactory.newKnowledgeBuilderConfiguration(
                new Properties(), RuleBase.class.getClassLoader());
    configuration.setProperty("drools.parallelRulesBuildingThreshold", "100000");
    KnowledgeBuilder builder = KnowledgeBuilderFactory.newKnowledgeBuilder(configuration);
    for (String source : sources) {
      builder.add(ResourceFactory.newReaderResource(new StringReader(source)), ResourceType.DRL);
    }
    InternalKnowledgeBase base =
        KnowledgeBaseFactory.newKnowledgeBase(KieServices.get().newKieBaseConfiguration());
    List<Error> errors = new ArrayList<>();
    if (builder.hasErrors()) {
      for (KnowledgeBuilderError error : builder.getErrors()) {
        int line = error.getLines().length == 0 ? 0 : error.getLines()[0];
        String message =
            error instanceof DroolsError drools ? drools.getMessage() : error.getMessage();
        errors.add(new Error(line, message));
      }
      return new Result(base, errors);
    }
    base.addPackages(builder.getKnowledgePackages());
    return new Result(base, List.of());
  }
}
