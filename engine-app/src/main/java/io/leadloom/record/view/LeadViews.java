package io.leadloom.record.view;

import io.leadloom.identity.Staff;
import io.leadloom.identity.StaffTexts;
import io.leadloom.identity.Users;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The details views that administrators make for the page of leads, and the teams that have them (PLT-025 to PLT-057). */
@Component
public class LeadViews {

  static final int MOST = 200;
  private static final int LONGEST_DESCRIPTION = 1_000;

  private final LeadViewRows rows;
  private final Schemas schemas;
  private final Staff staff;
  private final Ids ids;
  private final AuditTrail trail;

  LeadViews(LeadViewRows rows, Schemas schemas, Staff staff, Ids ids, AuditTrail trail) {
    this.rows = rows;
    this.schemas = schemas;
    this.staff = staff;
    this.ids = ids;
    this.trail = trail;
  }

  /**
   * What becomes of a view; null leaves it, or is the usual for a new one.
   *
   * @param version the version the caller has seen; null to write whatever stands there
   */
  public record Change(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable String description,
      @Nullable WantedLayout layout) {}

  /** All views by name. */
  @Transactional(readOnly = true)
  public List<LeadView> all() {
    return rows.all(MOST);
  }

  /** The view of each team that has one. */
  @Transactional(readOnly = true)
  public Map<Long, Long> assigned() {
    return rows.assigned();
  }

  @Transactional
  public LeadView create(Change wanted) {
    WantedLayout layout = wanted.layout();
    LeadView made =
        new LeadView(
            ids.next("lead_view"),
            name(Objects.requireNonNullElse(wanted.name(), ""), 0),
            description(wanted.description()),
            layout == null
                ? LeadLayout.STANDARD
                : new LayoutCheck(schemas.held(), null).checked(layout),
            1);
    insert(made);
    return made;
  }

  /** Makes another view like this one, for no team yet (PLT-057). */
  @Transactional
  public LeadView copy(long id, @Nullable String name) {
    // A field that is being deleted leaves the source first.
    schemas.held();
    LeadView source = one(id);
    LeadView made =
        new LeadView(
            ids.next("lead_view"),
            name(Objects.requireNonNullElse(name, ""), 0),
            source.description(),
            source.layout(),
            1);
    insert(made);
    return made;
  }

  private void insert(LeadView made) {
    if (rows.all(MOST).size() >= MOST) {
      throw RefusedException.invalid(
          "There are too many details views", Violation.of("name", null, "at most " + MOST));
    }
    try {
      rows.insert(made);
    } catch (DuplicateKeyException e) {
      throw taken(made.name());
    }
    trail.record(event(null, made));
  }

  @Transactional
  public LeadView change(long id, Change change) {
    Schema schema = change.layout() == null ? schemas.current() : schemas.held();
    LeadView before = one(id);
    Integer version = change.version();
    if (version != null && version != before.version()) {
      throw RefusedException.outdated("the details view", version, before.version());
    }
    String name = change.name();
    WantedLayout layout = change.layout();
    LeadView after =
        new LeadView(
            id,
            name == null ? before.name() : name(name, id),
            change.description() == null ? before.description() : description(change.description()),
            layout == null ? before.layout() : changed(before.layout(), layout, schema),
            before.version() + 1);
    boolean written;
    try {
      written = rows.update(after);
    } catch (DuplicateKeyException e) {
      throw taken(after.name());
    }
    if (!written) {
      throw RefusedException.outdated("the details view", before.version(), after.version());
    }
    AuditEvent event = event(before, after);
    if (!event.unchanged()) {
      trail.record(event);
    }
    return after;
  }

  /** The parts of a layout that somebody asks for, and the other ones as they were. */
  private static LeadLayout changed(LeadLayout before, WantedLayout wanted, Schema schema) {
    WantedLayout present = WantedLayout.of(LeadPage.present(before, schema));
    return new LayoutCheck(schema, before).checked(wanted.over(present));
  }

  /** Deletes a view; its teams have the standard view then (PLT-D08). */
  @Transactional
  public void delete(long id) {
    LeadView before = one(id);
    Map<Long, Long> assigned = rows.assigned();
    List<String> teams =
        staff.teams().stream()
            .filter(team -> Objects.equals(assigned.get(team.id()), id))
            .map(Users.Team::name)
            .toList();
    rows.delete(id);
    trail.record(event(before, null).change("teams", teams, null));
  }

  /**
   * Gives a team a view, or takes it away (PLT-053).
   *
   * @param view null for the standard view
   * @param replace whether the tabs that users of the team made for themselves go (PLT-055); those whom an earlier team of
   *     theirs shows another view keep them
   * @param seen the view that the caller saw the team have, 0 for the standard view; null to write whatever stands there
   * @return how many such tabs went
   */
  @Transactional
  public int assign(long teamId, @Nullable Long view, boolean replace, @Nullable Long seen) {
    Users.Team team =
        staff.teams().stream()
            .filter(each -> each.id() == teamId)
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound("team", teamId));
    if (view == null && replace) {
      throw RefusedException.invalid(
          "Nothing replaces the tabs",
          Violation.of("replace", true, "false where the team gets no view of its own"));
    }
    // Neither may go while one is given to the other.
    if (!rows.hold("team", teamId)) {
      throw RefusedException.notFound("team", teamId);
    }
    if (view != null && !rows.hold("lead_view", view)) {
      throw RefusedException.notFound("lead details view", view);
    }
    String after = view == null ? null : one(view).name();
    Long present = rows.assigned().get(teamId);
    if (seen != null && seen != (present == null ? 0 : present)) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT,
          "Somebody else gave " + team.name() + " another view meanwhile",
          List.of(Violation.of("version", seen, "the view that the team has now: " + present)));
    }
    String before = present == null ? null : rows.find(present).map(LeadView::name).orElse(null);
    rows.assign(teamId, view);
    int gone = replace ? rows.deleteTabsOf(rows.shownBy(teamId)) : 0;
    AuditEvent event =
        AuditEvent.of("lead-view.applied", "team", teamId, team.name())
            .change("leadView", before, after);
    if (gone > 0) {
      event = event.fact("ownTabsRemoved", gone);
    }
    if (!event.unchanged()) {
      trail.record(event);
    }
    return gone;
  }

  private LeadView one(long id) {
    return rows.find(id).orElseThrow(() -> RefusedException.notFound("lead details view", id));
  }

  private String name(String name, long id) {
    return StaffTexts.nameOfItsOwn(
        name,
        "details view",
        rows.all(MOST).stream().filter(other -> other.id() != id).map(LeadView::name));
  }

  private static RefusedException taken(String name) {
    return RefusedException.invalid(
        "The name is taken", Violation.of("name", name, "a name that no other details view has"));
  }

  private static @Nullable String description(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return null;
    }
    if (text.length() > LONGEST_DESCRIPTION) {
      throw RefusedException.invalid(
          "The description is too long",
          Violation.of("description", null, "at most " + LONGEST_DESCRIPTION + " characters"));
    }
    return text.strip();
  }

  static AuditEvent event(@Nullable LeadView before, @Nullable LeadView after) {
    LeadView shown = after == null ? Objects.requireNonNull(before) : after;
    String what = before == null ? "created" : after == null ? "deleted" : "changed";
    LeadLayout was = before == null ? null : before.layout();
    LeadLayout is = after == null ? null : after.layout();
    return AuditEvent.of("lead-view." + what, "lead-view", shown.id(), shown.name())
        .change("name", before == null ? null : before.name(), after == null ? null : after.name())
        .change(
            "description",
            before == null ? null : before.description(),
            after == null ? null : after.description())
        .change("metrics", was == null ? null : was.metrics(), is == null ? null : is.metrics())
        .change(
            "properties",
            was == null ? null : was.properties(),
            is == null ? null : is.properties())
        .change("tabs", tabs(was), tabs(is))
        .change(
            "defaultTab",
            was == null ? null : was.defaultTab(),
            is == null ? null : is.defaultTab())
        .change("buttons", was == null ? null : was.buttons(), is == null ? null : is.buttons())
        .change("dropdown", was == null ? null : was.dropdown(), is == null ? null : is.dropdown());
  }

  private static @Nullable List<String> tabs(@Nullable LeadLayout layout) {
    return layout == null
        ? null
        : layout.tabs().stream()
            .map(
                tab ->
                    tab.called()
                        + (tab.url() != null ? " (" + tab.url() + ")" : "")
                        + (tab.activityTypes().isEmpty() ? "" : " " + tab.activityTypes()))
            .toList();
  }
}
