package io.leadloom.record.calling.web;

import io.leadloom.platform.Page;
import io.leadloom.record.calling.row.ProcessContact;
import io.leadloom.record.calling.row.ProcessContacts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The contacts of processes: for administrators and the supervisors of the process. */
@Tag(name = "Processes")
@RestController
@RequestMapping("/api/v1")
class ProcessContactController {

  private final ProcessContacts contacts;

  ProcessContactController(ProcessContacts contacts) {
    this.contacts = contacts;
  }

  @Operation(
      summary = "Contacts of a process, the newest first",
      description =
          "One for each number of its leads; those of another process are never compared with them."
              + " 'search' has at least three characters: what a name begins with, or a number.")
  @GetMapping("/processes/{id}/contacts")
  Page<ProcessContact> page(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return contacts.page(id, search, cursor, limit);
  }

  @Operation(summary = "One contact of a process, with its latest leads")
  @GetMapping("/process-contacts/{id}")
  ProcessContact one(@PathVariable long id) {
    return contacts.get(id);
  }
}
