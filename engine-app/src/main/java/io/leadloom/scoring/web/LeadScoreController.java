package io.leadloom.scoring.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.Records;
import io.leadloom.scoring.LeadScoreSettings;
import io.leadloom.scoring.ScoreExplanation;
import io.leadloom.scoring.site.Visits;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The scores of leads, for whoever sees them. */
@Tag(name = "Score")
@RestController
class LeadScoreController {

  private final ScoreExplanation explanation;
  private final LeadScoreSettings settings;
  private final Visits visits;
  private final Records records;
  private final Access access;

  LeadScoreController(
      ScoreExplanation explanation,
      LeadScoreSettings settings,
      Visits visits,
      Records records,
      Access access) {
    this.visits = visits;
    this.records = records;
    this.explanation = explanation;
    this.settings = settings;
    this.access = access;
  }

  /** The pages that a lead has looked at, newest first. */
  record Pages(List<Visits.Viewed> items) {}

  /**
   * A browser that has submitted a form for a lead.
   *
   * @param code of the website's tracking code
   * @param visitor what {@code window.leadloom.visitor()} says there
   */
  record Browser(@Nullable String code, @Nullable String visitor) {}

  @GetMapping("/api/v1/leads/{id:[0-9]{1,18}}/page-views")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  Pages pages(@PathVariable long id, @RequestParam(defaultValue = "50") int limit) {
    int most = Page.limit(limit, 100);
    return new Pages(visits.of(seen(id), most));
  }

  /** Says whose browser it is: its visits, also those before, are the lead's (LEAD-156). */
  @PostMapping("/api/v1/leads/{id:[0-9]{1,18}}/visitor")
  @Needs(section = Section.LEAD, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void visitor(@PathVariable long id, @RequestBody Browser body) {
    RecordRef lead = RecordRef.lead(seen(id));
    if (!records.as(access.current()).may(lead, Action.EDIT)) {
      throw RefusedException.forbidden("Your permissions let you only read this lead");
    }
    if (body.code() == null
        || body.visitor() == null
        || !visits.known(body.code(), body.visitor(), id)) {
      throw RefusedException.invalid(
          "Nobody knows this browser",
          Violation.of("code", body.code(), "the code of a website that is tracked"),
          Violation.of("visitor", body.visitor(), "what leadloom.visitor() says on its pages"));
    }
  }

  /** What links in mails to a lead carry, so that whoever follows one is known on the websites (LEAD-156). */
  record Mark(String parameter, String value) {}

  @GetMapping("/api/v1/leads/{id:[0-9]{1,18}}/mark")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  Mark mark(@PathVariable long id) {
    return new Mark("ll", visits.mark(seen(id)));
  }

  private long seen(long id) {
    return records
        .as(access.current())
        .find(RecordRef.lead(id))
        .filter(lead -> lead.trashedAt() == null)
        .orElseThrow(() -> RefusedException.notFound("lead", id))
        .ref()
        .id();
  }

  /** What scores are shown as (LEAD-151). */
  @GetMapping("/api/v1/lead-score")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  LeadScoreSettings.Display display() {
    return settings.display();
  }

  /** Why a lead has its score. */
  @GetMapping("/api/v1/leads/{id:[0-9]{1,18}}/score")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  ScoreExplanation.Explained score(@PathVariable long id) {
    return explanation.of(id, access.current());
  }
}
