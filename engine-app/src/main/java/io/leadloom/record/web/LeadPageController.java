package io.leadloom.record.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.history.OwnerHistory;
import io.leadloom.record.history.OwnerHistory.Ownership;
import io.leadloom.record.search.Hidden;
import io.leadloom.record.search.Neighbours;
import io.leadloom.schema.Schemas;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the page of a lead shows beside the lead. */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/leads/{id:[0-9]{1,18}}")
class LeadPageController {

  private final Neighbours neighbours;
  private final OwnerHistory owners;
  private final Schemas schemas;
  private final Caller caller;

  LeadPageController(Neighbours neighbours, OwnerHistory owners, Schemas schemas, Caller caller) {
    this.neighbours = neighbours;
    this.owners = owners;
    this.schemas = schemas;
    this.caller = caller;
  }

  /**
   * The leads before and after this one in a list.
   *
   * @param sort as for the list
   * @param hidden false to leave out leads that are hidden by their stage or status, unless the filter asks for it
   */
  @GetMapping("/neighbours")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  Neighbours.Beside neighbours(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String filter,
      @RequestParam(defaultValue = "-createdAt") String sort,
      @RequestParam(defaultValue = "true") boolean hidden) {
    Rights rights = caller.rights();
    Filter asked = FilterGrammar.parse(filter);
    if (!hidden) {
      asked = Hidden.without(asked, schemas.current().visibleTo(rights));
    }
    return neighbours.of(
        new RecordRef(EntityType.LEAD, id),
        asked,
        sort.replaceFirst("^[-+ ]", ""),
        sort.startsWith("-"),
        rights);
  }

  /** Who has owned a lead. */
  record Owners(List<Ownership> items) {}

  @GetMapping("/owners")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  Owners owners(@PathVariable long id) {
    return new Owners(owners.of(id, caller.rights()));
  }
}
