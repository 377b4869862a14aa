package io.leadloom.platform;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who or what caused a change, kept with every journal row and every field change.
 *
 * @param kind what kind of actor it was
 * @param userId the user who acted or on whose behalf it was done, if any
 * @param reference what exactly acted: an import id, an API key name, a connector; empty for a person
 * @param chain the automation steps that led here, oldest first; its length is the depth of the chain
 * @param starts whether automations that would start because of it are kept from that; null when not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Cause(
    Kind kind,
    @Nullable Long userId,
    @Nullable String reference,
    List<Step> chain,
    @Nullable Starts starts) {

  /** A chain deeper than this stops with a loop incident. */
  public static final int MAX_DEPTH = 16;

  /** Kinds of actors. */
  public enum Kind {
    USER,
    API,
    AUTOMATION,
    IMPORT,
    CONNECTOR,
    SYSTEM
  }

  /** What becomes of automations that would start. Only what an import does itself has this, not what follows from it. */
  public enum Starts {
    /** They wait for their turn. */
    HELD,
    /** They do not start. */
    NONE
  }

  /**
   * One automation step of a cause chain.
   *
   * @param automationId the automation (not the version) that ran
   * @param runId its run
   * @param card the id of the BPMN element that acted
   */
  public record Step(long automationId, long runId, String card) {}

  public Cause {
    chain = List.copyOf(chain);
  }

  /** One that keeps no automation from starting. */
  public Cause(Kind kind, @Nullable Long userId, @Nullable String reference, List<Step> chain) {
    this(kind, userId, reference, chain, null);
  }

  public static Cause user(long userId) {
    return new Cause(Kind.USER, userId, null, List.of());
  }

  public static Cause api(@Nullable Long userId) {
    return new Cause(Kind.API, userId, null, List.of());
  }

  public static Cause system(String reference) {
    return new Cause(Kind.SYSTEM, null, reference, List.of());
  }

  public static Cause importJob(@Nullable Long userId, long importId) {
    return new Cause(Kind.IMPORT, userId, Long.toString(importId), List.of());
  }

  /** The same, but automations start otherwise. */
  public Cause starting(@Nullable Starts otherwise) {
    return new Cause(kind, userId, reference, chain, otherwise);
  }

  /** The cause of what an automation's card does in answer to an event that had this cause. */
  public Cause then(Step step) {
    List<Step> longer = new ArrayList<>(chain);
    longer.add(step);
    return new Cause(Kind.AUTOMATION, userId, null, longer);
  }

  /** How many automation steps led here. */
  public int depth() {
    return chain.size();
  }
}
