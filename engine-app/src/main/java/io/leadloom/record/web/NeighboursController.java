package io.leadloom.record.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.search.Hidden;
import io.leadloom.record.search.Neighbours;
import io.leadloom.schema.Schemas;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What stands before and after a record in the list that somebody came from (ENG-091). */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/{entity:leads|contacts|accounts}" + RecordController.ID)
class NeighboursController {

  private final Neighbours neighbours;
  private final Schemas schemas;
  private final Caller caller;

  NeighboursController(Neighbours neighbours, Schemas schemas, Caller caller) {
    this.neighbours = neighbours;
    this.schemas = schemas;
    this.caller = caller;
  }

  /**
   * The records before and after this one in a list.
   *
   * @param sort as for the list
   * @param hidden false to leave out leads that are hidden by their stage or status, unless the filter asks for it
   */
  @GetMapping("/neighbours")
  @Needs(Action.VIEW)
  Neighbours.Beside neighbours(
      @PathVariable String entity,
      @PathVariable long id,
      @RequestParam(defaultValue = "") String filter,
      @RequestParam(defaultValue = "-createdAt") String sort,
      @RequestParam(defaultValue = "true") boolean hidden) {
    Rights rights = caller.rights();
    EntityType type = RecordController.type(entity);
    Filter asked = FilterGrammar.parse(filter);
    if (!hidden && type == EntityType.LEAD) {
      asked = Hidden.without(asked, schemas.current().visibleTo(rights));
    }
    return neighbours.of(
        new RecordRef(type, id),
        asked,
        sort.replaceFirst("^[-+ ]", ""),
        sort.startsWith("-"),
        rights);
  }
}
