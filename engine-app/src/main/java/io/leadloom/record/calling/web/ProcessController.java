package io.leadloom.record.calling.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.permission.Needs;
import io.leadloom.record.calling.CallProcess;
import io.leadloom.record.calling.Campaign;
import io.leadloom.record.calling.Campaigns;
import io.leadloom.record.calling.LeadList;
import io.leadloom.record.calling.LeadLists;
import io.leadloom.record.calling.Processes;
import io.leadloom.record.calling.TableColumn;
import io.leadloom.record.calling.TableDefinition;
import io.swagger.v3.oas.annotations.Operation;
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
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Processes and what is in them: for administrators and the supervisors of the process. */
@Tag(name = "Processes")
@RestController
@RequestMapping("/api/v1/processes")
class ProcessController {

  private final Processes processes;
  private final LeadLists lists;
  private final Campaigns campaigns;

  ProcessController(Processes processes, LeadLists lists, Campaigns campaigns) {
    this.processes = processes;
    this.lists = lists;
    this.campaigns = campaigns;
  }

  @Operation(
      summary = "Processes by name",
      description = "All for administrators, for others those that they supervise.")
  @GetMapping
  Page<CallProcess> all(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return processes.page(cursor, limit);
  }

  @Operation(summary = "One process")
  @GetMapping("/{id}")
  CallProcess one(@PathVariable long id) {
    return processes.get(id);
  }

  /** A table definition as those see it who keep one of the processes that stand on it. */
  record Table(String name, List<TableColumn> columns) {}

  @Operation(summary = "The columns of a process, in the order of its files")
  @GetMapping("/{id}/table")
  Table table(@PathVariable long id) {
    TableDefinition table = processes.table(id);
    return new Table(table.name(), table.columns());
  }

  @Operation(summary = "Makes a process; name, table definition and time zone are needed")
  @PostMapping
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.CREATED)
  CallProcess create(@RequestBody Processes.Change wanted) {
    return processes.create(wanted);
  }

  @Operation(
      summary = "Changes a process",
      description = "What is left out stays; people are replaced by those given.")
  @PatchMapping("/{id}")
  @Needs(administrator = true)
  CallProcess change(@PathVariable long id, @RequestBody Processes.Change change) {
    return processes.change(id, change);
  }

  @Operation(summary = "Deletes a process without lead lists; its campaigns go with it")
  @DeleteMapping("/{id}")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    processes.delete(id);
  }

  @Operation(summary = "Lead lists of a process by name")
  @GetMapping("/{id}/lead-lists")
  Page<LeadList> lists(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "50") int limit) {
    return lists.page(id, search, cursor, limit);
  }

  @Operation(summary = "Makes a lead list; name, time zone and owner are needed")
  @PostMapping("/{id}/lead-lists")
  @ResponseStatus(HttpStatus.CREATED)
  LeadList createList(@PathVariable long id, @RequestBody LeadLists.Change wanted) {
    return lists.create(id, wanted);
  }

  /** The campaigns of a process. */
  record CampaignList(List<Campaign> items) {}

  @Operation(summary = "Dialling campaigns of a process by name")
  @GetMapping("/{id}/campaigns")
  CampaignList campaigns(@PathVariable long id) {
    return new CampaignList(campaigns.of(id));
  }

  @Operation(summary = "Makes a dialling campaign; a name is needed")
  @PostMapping("/{id}/campaigns")
  @ResponseStatus(HttpStatus.CREATED)
  Campaign createCampaign(@PathVariable long id, @RequestBody Campaigns.Change wanted) {
    return campaigns.create(id, wanted);
  }
}
