package io.leadloom.decision;

import io.leadloom.platform.filter.Operator;
import io.leadloom.schema.Schemas;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Compiles the rules module and one condition in the background once Leadloom answers, because the first compilation of
 * a JVM takes seconds; whoever publishes first does not wait for it.
 */
@Component
class EngineWarmUp {

  private static final Logger LOG = LoggerFactory.getLogger(EngineWarmUp.class);

  private static final Criterion TAGGED =
      new Criterion(
          Criterion.Source.LEAD,
          null,
          null,
          null,
          Operator.HAS_TAG,
          List.of("warm-up"),
          null,
          List.of());

  private final RuleCatalogue catalogue;
  private final Conditions conditions;
  private final Schemas schemas;

  EngineWarmUp(RuleCatalogue catalogue, Conditions conditions, Schemas schemas) {
    this.catalogue = catalogue;
    this.conditions = conditions;
    this.schemas = schemas;
  }

  @EventListener(ApplicationReadyEvent.class)
  void start() {
    Thread thread = new Thread(this::warmUp, "decision-warm-up");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
    thread.start();
  }

  void warmUp() {
    try {
      catalogue.load();
      Condition tagged = Condition.all(TAGGED);
      Conditions.Named named =
          new Conditions.Named("warm-up", "Warm-up", tagged, Set.of(), Set.of());
      Conditions.Scope scope = new Conditions.Scope(false, null, false, false);
      if (conditions.compile("warm-up", List.of(named), scope, schemas.current())
          instanceof Conditions.Compilation.Compiled compiled) {
        compiled.conditions().close();
      }
    } catch (RuntimeException e) {
      LOG.error("The rules cannot be prepared", e);
    }
  }
}
