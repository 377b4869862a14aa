package io.leadloom.automation.web;

import io.leadloom.automation.cancel.Cancellation;
import io.leadloom.automation.cancel.Cancellations;
import io.leadloom.automation.definition.Publishing;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Cancelling all runs of a version: ordered, watched, stopped. */
@RestController
@RequestMapping("/api/v1/automations/{id}")
class CancellationController {

  private final Cancellations cancellations;
  private final Publishing publishing;

  CancellationController(Cancellations cancellations, Publishing publishing) {
    this.cancellations = cancellations;
    this.publishing = publishing;
  }

  /**
   * A job.
   *
   * @param automation the id of the automation
   * @param version the number of the version whose runs are cancelled
   * @param total null until they have been counted
   */
  record Job(
      long id,
      long automation,
      int version,
      String status,
      @Nullable Long total,
      long cancelled,
      long failed,
      String requestedBy,
      Instant requestedAt,
      @Nullable Instant endedAt) {

    static Job of(Cancellation job) {
      return new Job(
          job.id(),
          job.automationId(),
          job.number(),
          job.status().key(),
          job.total(),
          job.cancelled(),
          job.failed(),
          job.requestedBy(),
          job.requestedAt(),
          job.endedAt());
    }
  }

  /** Orders all runs of a version to be cancelled in the background; asked again meanwhile it is the same job. */
  @PostMapping("/versions/{number}/cancel-runs")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  ResponseEntity<Job> order(@PathVariable("id") long id, @PathVariable("number") int number) {
    long version = publishing.version(id, number).id();
    Job job = Job.of(cancellations.order(id, version, number));
    URI where = URI.create("/api/v1/automations/" + id + "/cancellations/" + job.id());
    return ResponseEntity.accepted().location(where).body(job);
  }

  /** The latest jobs, newest first. */
  @GetMapping("/cancellations")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  AutomationJson.Items<Job> list(@PathVariable("id") long id) {
    publishing.find(id);
    return new AutomationJson.Items<>(cancellations.of(id).stream().map(Job::of).toList());
  }

  @GetMapping("/cancellations/{job}")
  @Needs(section = Section.AUTOMATIONS, value = Action.VIEW)
  Job get(@PathVariable("id") long id, @PathVariable("job") long job) {
    return Job.of(cancellations.find(id, job));
  }

  /** Stops a job; runs that it has cancelled stay cancelled, the others go on. */
  @PostMapping("/cancellations/{job}/cancel")
  @Needs(section = Section.AUTOMATIONS, value = Action.EDIT)
  Job stop(@PathVariable("id") long id, @PathVariable("job") long job) {
    return Job.of(cancellations.stop(id, job));
  }
}
