package io.leadloom.record.calling.web;

import io.leadloom.record.calling.LeadList;
import io.leadloom.record.calling.LeadLists;
import io.leadloom.record.calling.LeadLists.Assignment;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lead lists: for administrators and the supervisors of their process. */
@Tag(name = "Processes")
@RestController
@RequestMapping("/api/v1/lead-lists")
class LeadListController {

  private final LeadLists lists;

  LeadListController(LeadLists lists) {
    this.lists = lists;
  }

  @Operation(summary = "One lead list")
  @GetMapping("/{id}")
  LeadList one(@PathVariable long id) {
    return lists.get(id);
  }

  @Operation(
      summary = "Changes, enables or disables a lead list",
      description = "What is left out stays. The process of a list cannot be changed.")
  @PatchMapping("/{id}")
  LeadList change(@PathVariable long id, @RequestBody LeadLists.Change change) {
    return lists.change(id, change);
  }

  @Operation(summary = "Deletes a lead list and its leads for good")
  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    lists.delete(id);
  }

  /** The campaigns of a list's process. */
  record Assignments(List<Assignment> items) {}

  @Operation(summary = "The campaigns of the list's process, and which of them it is assigned to")
  @GetMapping("/{id}/campaigns")
  Assignments campaigns(@PathVariable long id) {
    return new Assignments(lists.assignments(id));
  }

  @Operation(summary = "Assigns the list to campaigns of its process and takes it from others")
  @PatchMapping("/{id}/campaigns")
  Assignments move(@PathVariable long id, @RequestBody LeadLists.Move move) {
    return new Assignments(lists.move(id, move));
  }
}
