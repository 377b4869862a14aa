package io.leadloom.decision;

import io.leadloom.decision.rulebase.DrlText;
import io.leadloom.decision.rulebase.RuleBase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The DRL of one version, and which lines of it belong to which condition. */
final class RuleText {

  /** The rule of one condition. */
  private record Rule(
      int number, Conditions.Named named, String name, List<String> lines, boolean analyst) {}

  private final String packageName;
  private final List<Rule> rules = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private final List<Integer> firstLines = new ArrayList<>();

  RuleText(String packageName) {
    this.packageName = packageName;
  }

  String packageName() {
    return packageName;
  }

  /** Adds the rule of a condition and returns its name. */
  String add(int number, Conditions.Named named, List<String> lines, boolean analyst) {
    String label = DrlText.ruleName(named.label());
    String name = label.isEmpty() ? DrlText.ruleName(named.id()) : label;
    if (!taken.add(name)) {
      name = name + " (" + DrlText.ruleName(named.id()) + ")";
      taken.add(name);
    }
    rules.add(new Rule(number, named, name, lines, analyst));
    return name;
  }

  /** The whole source. */
  String print(FactModel model) {
    StringBuilder drl = new StringBuilder();
    drl.append("package ").append(packageName).append("\n\n");
    drl.append("global io.leadloom.decision.rulebase.VerdictSheet verdicts\n\n");
    drl.append(model.declarations());
    firstLines.clear();
    for (Rule rule : rules) {
      drl.append("rule ").append(DrlText.quoted(rule.name())).append("\nwhen\n");
      firstLines.add(1 + (int) drl.chars().filter(c -> c == '\n').count());
      rule.lines().forEach(line -> drl.append("  ").append(line).append('\n'));
      drl.append("then\n  verdicts.holds($run, ").append(rule.number()).append(");\nend\n\n");
    }
    return drl.toString();
  }

  /** The compile errors as problems of the conditions in whose lines they are. */
  List<Conditions.Problem> problems(List<RuleBase.Error> errors) {
    List<Conditions.Problem> problems = new ArrayList<>();
    for (RuleBase.Error error : errors) {
      int index = 0;
      for (int i = 0; i < firstLines.size(); i++) {
        if (error.line() >= firstLines.get(i) - 2) {
          index = i;
        }
      }
      Rule rule = rules.get(index);
      int line = rule.analyst() ? Math.max(1, error.line() - firstLines.get(index)) : 0;
      String message = error.message().lines().findFirst().orElse("") + details(error.message());
      problems.add(
          new Conditions.Problem(
              rule.named().id(),
              rule.analyst() ? "drl" : "criteria",
              null,
              "DRL that compiles: " + message,
              line));
    }
    return problems;
  }

  private static String details(String message) {
    return message
        .lines()
        .filter(line -> line.startsWith("[Error: "))
        .findFirst()
        .map(line -> " " + line)
        .orElse("");
  }
}
