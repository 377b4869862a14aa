package io.leadloom.record.web;

import com.fasterxml.jackson.annotation.JsonInclude;
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
import io.leadloom.record.search.AroundLead;
import io.leadloom.record.search.Hidden;
import io.leadloom.record.search.Neighbours;
import io.leadloom.schema.Schemas;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
  private final AroundLead around;
  private final Schemas schemas;
  private final Caller caller;

  LeadPageController(
      Neighbours neighbours,
      OwnerHistory owners,
      AroundLead around,
      Schemas schemas,
      Caller caller) {
    this.neighbours = neighbours;
    this.owners = owners;
    this.around = around;
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

  /**
   * Some records that belong to a lead.
   *
   * @param filter what finds all of them
   */
  record Some(long total, List<RecordJson> items, String filter) {

    static @Nullable Some of(AroundLead.@Nullable Some some, Rights rights) {
      return some == null
          ? null
          : new Some(
              some.total(),
              some.newest().stream().map(record -> RecordJson.of(record, null, rights)).toList(),
              some.filter());
    }
  }

  /** What stands around a lead; nothing of kinds that the caller may not see. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Around(@Nullable Some tasks, @Nullable Some activities, @Nullable Some related) {}

  /** How many tasks, activities and leads of the same contact or company there are, and the newest of each. */
  @GetMapping("/around")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  Around around(@PathVariable long id) {
    Rights rights = caller.rights();
    AroundLead.Found found = around.of(id, rights);
    return new Around(
        Some.of(found.tasks(), rights),
        Some.of(found.activities(), rights),
        Some.of(found.related(), rights));
  }
}
