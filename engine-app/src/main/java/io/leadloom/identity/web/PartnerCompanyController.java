package io.leadloom.identity.web;

import io.leadloom.identity.partner.PartnerEmployees;
import io.leadloom.identity.partner.PartnerEmployees.Employment;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** For which partner company a user works. */
@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1/users/{id}/partner-company")
class PartnerCompanyController {

  private final PartnerEmployees employees;

  PartnerCompanyController(PartnerEmployees employees) {
    this.employees = employees;
  }

  record PartnerInput(@Nullable Integer version, @Nullable Long account) {}

  @Operation(summary = "The partner company that a user works for")
  @GetMapping
  @Needs(section = Section.PERMISSIONS, value = Action.VIEW)
  Employment of(@PathVariable long id) {
    return employees.of(id);
  }

  @Operation(
      summary = "Says for which partner company a user works; without an account for none",
      description =
          "Employees of a partner company see and edit its leads only. With 'version' it is refused (409) when somebody"
              + " else changed it meanwhile.")
  @PutMapping
  @Needs(section = Section.PERMISSIONS, value = Action.EDIT)
  Employment change(@PathVariable long id, @RequestBody PartnerInput input) {
    return employees.change(id, input.account(), input.version());
  }
}
