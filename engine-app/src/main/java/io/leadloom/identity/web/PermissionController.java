package io.leadloom.identity.web;

import io.leadloom.identity.Role;
import io.leadloom.identity.access.Grants;
import io.leadloom.identity.access.GrantsJson;
import io.leadloom.identity.access.PermissionTemplate;
import io.leadloom.identity.access.PermissionTemplates;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Permission templates, what single users hold beside their roles, and the caller's own rights (SET-001, SET-035). */
@RestController
@RequestMapping("/api/v1")
class PermissionController {

  private final PermissionTemplates templates;
  private final Access access;

  PermissionController(PermissionTemplates templates, Access access) {
    this.templates = templates;
    this.access = access;
  }

  /**
   * A template.
   *
   * @param delivered the key of the role that it came with; null for one that somebody made
   * @param fixed whether it cannot be changed
   */
  record TemplateJson(
      long id,
      int version,
      String name,
      @Nullable String delivered,
      boolean changed,
      boolean fixed,
      List<String> roles,
      GrantsJson grants) {

    static TemplateJson of(PermissionTemplate template) {
      return new TemplateJson(
          template.id(),
          template.version(),
          template.name(),
          template.delivered(),
          template.changed(),
          template.ofAdministrators(),
          template.roles().stream().sorted().map(Role::key).toList(),
          GrantsJson.of(template.grants()));
    }
  }

  /** A template to make or change; what is left out stays. */
  record TemplateInput(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable List<String> roles,
      @Nullable GrantsJson grants) {}

  /** A section with what can be done in it; {@code reaching} says whether a permission can reach to some owners only. */
  record SectionJson(String key, boolean record, boolean reaching, List<String> actions) {}

  /** All templates, and the rows and columns of their matrix. */
  record Catalogue(List<TemplateJson> items, List<SectionJson> sections) {}

  /**
   * What one user holds beside the templates of the roles.
   *
   * @param version in a change the version that the caller has seen; null to write whatever stands there
   */
  record OfUser(
      @Nullable Integer version, @Nullable List<Long> templates, @Nullable GrantsJson exceptions) {}

  /**
   * What the caller may do.
   *
   * @param sections what is given at all, with {@code all} or {@code some}
   */
  record Mine(boolean everything, Map<String, Map<String, String>> sections) {}

  @GetMapping("/permission-templates")
  @Needs(section = Section.PERMISSIONS, value = Action.VIEW)
  Catalogue all() {
    return new Catalogue(
        templates.all().stream().map(TemplateJson::of).toList(),
        Arrays.stream(Section.values())
            .map(
                section ->
                    new SectionJson(
                        section.key(),
                        section.entity().isPresent(),
                        section.reaching(),
                        section.actions().stream().map(Action::key).toList()))
            .toList());
  }

  @GetMapping("/permission-templates/{id}")
  @Needs(section = Section.PERMISSIONS, value = Action.VIEW)
  TemplateJson one(@PathVariable long id) {
    return TemplateJson.of(templates.get(id));
  }

  @PostMapping("/permission-templates")
  @Needs(section = Section.PERMISSIONS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.CREATED)
  TemplateJson create(@RequestBody TemplateInput input) {
    GrantsJson given = input.grants();
    Grants grants = (given == null ? new GrantsJson(null, null) : given).read();
    return TemplateJson.of(
        templates.create(
            Objects.requireNonNullElse(input.name(), ""),
            grants,
            Role.ofKeys(Objects.requireNonNullElse(input.roles(), List.of()))));
  }

  @PatchMapping("/permission-templates/{id}")
  @Needs(section = Section.PERMISSIONS, value = Action.EDIT)
  TemplateJson change(@PathVariable long id, @RequestBody TemplateInput input) {
    GrantsJson grants = input.grants();
    List<String> roles = input.roles();
    return TemplateJson.of(
        templates.change(
            id,
            new PermissionTemplates.Change(
                input.version(),
                input.name(),
                grants == null ? null : grants.read(),
                roles == null ? null : Role.ofKeys(roles))));
  }

  @DeleteMapping("/permission-templates/{id}")
  @Needs(section = Section.PERMISSIONS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    templates.delete(id);
  }

  @GetMapping("/users/{id}/permissions")
  @Needs(section = Section.PERMISSIONS, value = Action.VIEW)
  OfUser ofUser(@PathVariable long id) {
    // The version first: whoever changes it meanwhile makes this one old.
    int version = templates.versionOf(id);
    PermissionTemplates.OfUser held = templates.ofUser(id);
    return new OfUser(
        version, held.templates().stream().sorted().toList(), GrantsJson.of(held.exceptions()));
  }

  @PutMapping("/users/{id}/permissions")
  @Needs(section = Section.PERMISSIONS, value = Action.EDIT)
  OfUser setUser(@PathVariable long id, @RequestBody OfUser wanted) {
    GrantsJson exceptions = wanted.exceptions();
    if (wanted.templates() != null && wanted.templates().stream().anyMatch(Objects::isNull)) {
      throw RefusedException.invalid(
          "The template cannot be given",
          Violation.of("templates", null, "ids of templates other than that of administrators"));
    }
    templates.setUser(
        id,
        wanted.version(),
        new PermissionTemplates.OfUser(
            new LinkedHashSet<>(Objects.requireNonNullElse(wanted.templates(), List.of())),
            (exceptions == null ? new GrantsJson(null, null) : exceptions).read()));
    return ofUser(id);
  }

  /** What pages show and offer to the caller; the calls themselves ask again. */
  @GetMapping("/session/rights")
  Mine mine() {
    Rights rights = access.current();
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    for (Section section : Section.values()) {
      Map<String, String> actions = new LinkedHashMap<>();
      for (Action action : section.actions()) {
        if (rights.may(section, action)) {
          actions.put(action.key(), rights.owners(section, action).all() ? "all" : "some");
        }
      }
      sections.put(section.key(), actions);
    }
    return new Mine(rights.everything(), sections);
  }
}
