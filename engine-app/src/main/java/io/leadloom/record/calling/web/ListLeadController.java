package io.leadloom.record.calling.web;

import io.leadloom.platform.Page;
import io.leadloom.record.calling.row.ListLead;
import io.leadloom.record.calling.row.ListLeads;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The leads of lead lists: for administrators and the supervisors of the process. */
@Tag(name = "Processes")
@RestController
@RequestMapping("/api/v1")
class ListLeadController {

  private final ListLeads leads;

  ListLeadController(ListLeads leads) {
    this.leads = leads;
  }

  @Operation(
      summary = "Leads of a lead list, the newest first",
      description = "'search' has at least three characters: what a name begins with, or a number.")
  @GetMapping("/lead-lists/{id}/leads")
  Page<ListLead> page(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return leads.page(id, search, cursor, limit);
  }

  @Operation(summary = "One lead of a list, with the lists that it came through")
  @GetMapping("/list-leads/{id}")
  ListLead one(@PathVariable long id) {
    return leads.get(id);
  }

  /** Values by the names of columns. */
  record Contact(@Nullable Map<String, @Nullable Object> values) {}

  @Operation(
      summary = "Adds one lead to a lead list",
      description =
          "With the same checks as an upload: types, columns that must be filled, unique and primary ones.")
  @PostMapping("/lead-lists/{id}/leads")
  @ResponseStatus(HttpStatus.CREATED)
  ListLead add(@PathVariable long id, @RequestBody Contact contact) {
    return leads.add(id, Objects.requireNonNullElse(contact.values(), Map.of()));
  }
}
