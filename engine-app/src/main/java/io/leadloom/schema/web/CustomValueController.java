package io.leadloom.schema.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.schema.value.CustomValue;
import io.leadloom.schema.value.StoredCustomValues;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Custom values; whoever writes mails to many, or sees automations, may see them (SET-101 to SET-108). */
@Tag(name = "Custom values")
@RestController
@RequestMapping("/api/v1/custom-values")
class CustomValueController {

  private static final List<Section> MAILED = List.of(Section.LEAD, Section.CONTACT);

  private final StoredCustomValues values;
  private final Access access;

  CustomValueController(StoredCustomValues values, Access access) {
    this.values = values;
    this.access = access;
  }

  /** All of them, by name. */
  record ValueList(List<CustomValue> items) {}

  /** A name and a text; the version that was seen for a change. */
  record Wanted(@Nullable Integer version, @Nullable String name, @Nullable String value) {}

  @GetMapping
  ValueList all() {
    Rights rights = access.current();
    if (!rights.may(Section.AUTOMATIONS, Action.VIEW)
        && !rights.may(Section.SETTINGS, Action.EDIT)
        && MAILED.stream().noneMatch(section -> rights.may(section, Action.BULK))) {
      throw RefusedException.forbidden(
          "Custom values are for those who write to many, see automations or edit settings");
    }
    return new ValueList(values.all());
  }

  @PostMapping
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.CREATED)
  CustomValue create(@RequestBody Wanted wanted) {
    return values.create(wanted.name(), wanted.value());
  }

  @PatchMapping("/{id}")
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  CustomValue change(@PathVariable long id, @RequestBody Wanted wanted) {
    return values.change(id, wanted.version(), wanted.name(), wanted.value());
  }

  @DeleteMapping("/{id}")
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    values.delete(id);
  }
}
