package io.leadloom.platform.general.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.general.GeneralSettings;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** General settings (SET-013 to SET-016). */
@Tag(name = "Company")
@RestController
@RequestMapping("/api/v1/settings/general")
class GeneralSettingsController {

  private final GeneralSettings settings;

  GeneralSettingsController(GeneralSettings settings) {
    this.settings = settings;
  }

  /** The switches; one that is missing stays as it is. */
  record Wanted(@Nullable Integer version, @Nullable Boolean duplicateContacts) {}

  @GetMapping
  @Needs(section = Section.SETTINGS, value = Action.VIEW)
  @Operation(summary = "General settings")
  GeneralSettings.State settings() {
    return settings.state();
  }

  @PutMapping
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  @Operation(
      summary = "Change general settings",
      description =
          "Needs the version that was read; 409 when somebody else has changed them since. Duplicates that are there"
              + " already stay as they are.")
  GeneralSettings.State change(@RequestBody Wanted wanted) {
    Integer version = wanted.version();
    if (version == null) {
      throw RefusedException.invalid(
          "The general settings cannot be saved",
          Violation.of("version", null, "the version that was read"));
    }
    Boolean contacts = wanted.duplicateContacts();
    return settings.change(
        new GeneralSettings.State(
            contacts == null ? settings.state().duplicateContacts() : contacts, version));
  }
}
