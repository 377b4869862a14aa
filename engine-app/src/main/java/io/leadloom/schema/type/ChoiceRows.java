package io.leadloom.schema.type;

import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Schema.LeadSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The rows of choices, of their names, and of the settings of leads. */
@Component
public class ChoiceRows {

  private final JdbcTemplate jdbc;

  ChoiceRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** All choices with their names, by kind. */
  public Map<String, ChoiceNames> all() {
    Map<String, List<Choice>> choices = new LinkedHashMap<>();
    ChoiceNames.KINDS.forEach(kind -> choices.put(kind, new ArrayList<>()));
    jdbc.query(
        "select id, kind, label, position, colour, active, hidden, parent_id, delivered, shared, stored_form,"
            + " offered from choice"
            + " order by kind, position, id",
        row -> {
          Choice choice =
              new Choice(
                  row.getLong(1),
                  row.getString(2),
                  row.getString(3),
                  row.getInt(4),
                  row.getString(5),
                  row.getBoolean(6),
                  row.getBoolean(7),
                  row.getObject(8) == null ? null : row.getLong(8),
                  row.getString(9),
                  row.getBoolean(10),
                  row.getString(11),
                  row.getBoolean(12));
          choices.computeIfAbsent(choice.kind(), kind -> new ArrayList<>()).add(choice);
        });
    Map<String, Map<String, Long>> former =
        read("select kind, name, choice_id from choice_former_name");
    Map<String, Map<String, Long>> forms = read("select kind, form, choice_id from choice_form");
    Map<String, ChoiceNames> all = new LinkedHashMap<>();
    choices.forEach(
        (kind, list) ->
            all.put(
                kind,
                new ChoiceNames(
                    list,
                    former.getOrDefault(kind, Map.of()),
                    forms.getOrDefault(kind, Map.of()))));
    return all;
  }

  private Map<String, Map<String, Long>> read(String query) {
    Map<String, Map<String, Long>> names = new HashMap<>();
    jdbc.query(
        query,
        row -> {
          names
              .computeIfAbsent(row.getString(1), kind -> new HashMap<>())
              .put(row.getString(2), row.getLong(3));
        });
    return names;
  }

  /** The choices of a kind as they stand in the transaction at hand. */
  ChoiceNames names(String kind) {
    return Objects.requireNonNull(all().get(kind));
  }

  void insert(Choice choice) {
    jdbc.update(
        "insert into choice (label, position, colour, active, hidden, parent_id, shared, stored_form, delivered, offered, kind,"
            + " id) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        choice.label(),
        choice.position(),
        choice.colour(),
        choice.active(),
        choice.hidden(),
        choice.parent(),
        choice.shared(),
        choice.stored(),
        choice.delivered(),
        choice.offered(),
        choice.kind(),
        choice.id());
    jdbc.update(
        "insert into choice_form (kind, form, choice_id) values (?, ?, ?)",
        choice.kind(),
        choice.stored(),
        choice.id());
    // The name means the new one from now on, whatever it meant before.
    forgetName(choice.kind(), choice.label());
  }

  void update(Choice before, Choice after) {
    jdbc.update(
        "update choice set label = ?, position = ?, colour = ?, active = ?, hidden = ?, parent_id = ?, shared = ?, offered = ?"
            + " where id = ?",
        after.label(),
        after.position(),
        after.colour(),
        after.active(),
        after.hidden(),
        after.parent(),
        after.shared(),
        after.offered(),
        after.id());
    if (!before.label().equals(after.label())) {
      forgetName(after.kind(), after.label());
      if (!before.label().equalsIgnoreCase(after.label())) {
        keepName(before, after.id());
      }
    }
  }

  /** What records keep for a new choice: its name, or when another one is kept as that, something made from its id. */
  String freshForm(String kind, String label, long id) {
    Long taken =
        jdbc.queryForObject(
            "select count(*) from choice_form where kind = ? and form = ?",
            Long.class,
            kind,
            label);
    return taken == null || taken == 0 ? label : "#" + id;
  }

  /** Takes a choice away; whoever named it, and every record that has it, means the other one from now on, if any. */
  void delete(Choice choice, @Nullable Choice replacement) {
    jdbc.update("delete from choice where id = ?", choice.id());
    if (replacement == null) {
      // Its forms stay taken: a record that another node accepts with it at this moment has no
      // choice then, shows the
      // name that it had, and never means one that is made later.
      jdbc.update("delete from choice_former_name where choice_id = ?", choice.id());
      keepName(choice, choice.id());
      return;
    }
    long to = replacement.id();
    jdbc.update("update choice_form set choice_id = ? where choice_id = ?", to, choice.id());
    jdbc.update("update choice_former_name set choice_id = ? where choice_id = ?", to, choice.id());
    keepName(choice, to);
    jdbc.update("update choice set parent_id = ? where parent_id = ?", to, choice.id());
  }

  private void keepName(Choice choice, long meaning) {
    forgetName(choice.kind(), choice.label());
    jdbc.update(
        "insert into choice_former_name (kind, name, choice_id) values (?, ?, ?)",
        choice.kind(),
        choice.label(),
        meaning);
  }

  private void forgetName(String kind, String name) {
    jdbc.update("delete from choice_former_name where kind = ? and name = ?", kind, name);
  }

  /** How leads are worked with. */
  public LeadSettings leadSettings() {
    LeadSettings settings =
        jdbc.queryForObject(
            "select stage_comments, stage_mandatory, stage_quick_add, stage_import,"
                + " flag_on_allocation, follow_up_mail, without_company from lead_setting where id = 1",
            (row, n) ->
                new LeadSettings(
                    row.getBoolean(1),
                    row.getBoolean(2),
                    row.getBoolean(3),
                    row.getBoolean(4),
                    row.getBoolean(5),
                    row.getBoolean(6),
                    row.getBoolean(7)));
    return Objects.requireNonNull(settings);
  }

  void write(LeadSettings settings) {
    jdbc.update(
        "update lead_setting set stage_comments = ?, stage_mandatory = ?, stage_quick_add = ?,"
            + " stage_import = ?, flag_on_allocation = ?, follow_up_mail = ?, without_company = ? where id = 1",
        settings.stageComments(),
        settings.stageMandatory(),
        settings.stageQuickAdd(),
        settings.stageImport(),
        settings.flagOnAllocation(),
        settings.followUpMail(),
        settings.withoutCompany());
  }
}
