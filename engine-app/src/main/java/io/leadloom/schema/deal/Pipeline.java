package io.leadloom.schema.deal;

import java.util.List;

/**
 * A named ordered set of stages (REV-020).
 *
 * @param funnel whether the dashboard's funnel charts show it (REV-025)
 * @param pie whether the dashboard's pie charts show it (REV-026)
 * @param version rises with every change of it or of one of its stages
 * @param stages from the first to the last
 */
public record Pipeline(
    long id, String name, boolean funnel, boolean pie, int version, List<Stage> stages) {

  public Pipeline {
    stages = List.copyOf(stages);
  }

  /** The same with the stages that are left without one. */
  Pipeline without(long stage) {
    List<Stage> left = stages.stream().filter(one -> one.id() != stage).toList();
    return new Pipeline(id, name, funnel, pie, version, left);
  }

  /**
   * A step of a pipeline.
   *
   * @param funnel whether the dashboard's funnel charts show it (REV-023)
   * @param pie whether the dashboard's pie charts show it (REV-024)
   */
  public record Stage(long id, String name, boolean funnel, boolean pie) {}
}
