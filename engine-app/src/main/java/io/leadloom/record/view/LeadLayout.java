package io.leadloom.record.view;

import java.util.List;

/**
 * What the page of a lead shows, and in which order (PLT-026).
 *
 * @param metrics the keys of the number fields of the Metric Section, at most {@value #MOST_METRICS} (PLT-035)
 * @param properties the keys of the fields of the Lead Properties (PLT-036)
 * @param tabs at least one
 * @param defaultTab the key of the tab that is open when the page opens (PLT-044)
 * @param buttons the actions that stand on the page as buttons, at most {@value #MOST_BUTTONS} (PLT-049)
 * @param dropdown the actions of the drop-down
 */
public record LeadLayout(
    List<String> metrics,
    List<String> properties,
    List<LeadTab> tabs,
    String defaultTab,
    List<String> buttons,
    List<String> dropdown) {

  public static final int MOST_METRICS = 4;
  public static final int MOST_BUTTONS = 5;

  /** What can be done with a lead on its page. */
  public static final List<String> ACTIONS =
      List.of(
          "follow-up",
          "activity",
          "email",
          "call",
          "task",
          "note",
          "list",
          "automation",
          "merge",
          "trash");

  /** How the page looks for whoever has no other view (PLT-D07). */
  public static final LeadLayout STANDARD =
      new LeadLayout(
          List.of("score"),
          List.of(
              "firstName",
              "lastName",
              "email",
              "phone",
              "company",
              "jobTitle",
              "city",
              "source",
              "stage",
              "status",
              "owner",
              "account",
              "contact"),
          List.of(
              LeadTab.system("history"),
              LeadTab.system("activities"),
              LeadTab.system("messages"),
              LeadTab.system("tasks"),
              LeadTab.system("related")),
          "history",
          List.of("follow-up", "activity", "email", "task"),
          List.of("call", "note", "list", "automation", "merge", "trash"));

  public LeadLayout {
    metrics = List.copyOf(metrics);
    properties = List.copyOf(properties);
    tabs = List.copyOf(tabs);
    buttons = List.copyOf(buttons);
    dropdown = List.copyOf(dropdown);
  }
}
