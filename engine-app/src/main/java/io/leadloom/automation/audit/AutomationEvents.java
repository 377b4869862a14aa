package io.leadloom.automation.audit;

import io.leadloom.automation.definition.Automation;
import io.leadloom.platform.audit.AuditEvent;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the audit trail says about automations. */
public final class AutomationEvents {

  private AutomationEvents() {}

  public static AuditEvent created(Automation automation, @Nullable String template) {
    return about("created", automation).fact("name", automation.name()).fact("template", template);
  }

  public static AuditEvent published(Automation automation, int number, boolean fromDraft) {
    return about(fromDraft ? "published" : "rolled-back", automation)
        .change("version", automation.publishedVersion(), number);
  }

  public static AuditEvent state(Automation automation, Automation.State wanted) {
    String what = wanted == Automation.State.PUBLISHED ? "resumed" : name(wanted);
    return about(what, automation).change("state", name(automation.state()), name(wanted));
  }

  public static AuditEvent runsCancelled(long automationId, int version) {
    return AuditEvent.of("automation.runs-cancelled", "automation", automationId, "")
        .fact("version", version);
  }

  private static String name(Automation.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static AuditEvent about(String what, Automation automation) {
    return AuditEvent.of("automation." + what, "automation", automation.id(), automation.name());
  }
}
