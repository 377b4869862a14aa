package io.leadloom.record.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import io.leadloom.record.Records.Search;
import io.leadloom.record.mark.Tags;
import io.leadloom.record.search.Hidden;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.schema.Schemas;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists of records: filter, sort, pages, chosen fields; the trash. */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/{entity:" + RecordController.ENTITIES + "}")
class SearchController {

  private final RecordSearch search;
  private final Schemas schemas;
  private final Tags tags;
  private final Caller caller;

  SearchController(RecordSearch search, Schemas schemas, Tags tags, Caller caller) {
    this.search = search;
    this.schemas = schemas;
    this.tags = tags;
    this.caller = caller;
  }

  /**
   * One page.
   *
   * @param hidden false to leave out leads that are hidden by their stage or status, unless the filter asks for it
   */
  @GetMapping
  @Needs(Action.VIEW)
  Page<RecordJson> list(
      @PathVariable String entity,
      @RequestParam(required = false) @Nullable String filter,
      @RequestParam(required = false) @Nullable String sort,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(required = false) @Nullable List<String> fields,
      @RequestParam(defaultValue = "false") boolean count,
      @RequestParam(defaultValue = "true") boolean hidden) {
    return page(entity, filter, sort, limit, cursor, fields, count, hidden, false);
  }

  /** What is in the trash, the last trashed first. */
  @GetMapping("/trash")
  @Needs(Action.VIEW)
  Page<RecordJson> trash(
      @PathVariable String entity,
      @RequestParam(required = false) @Nullable String filter,
      @RequestParam(defaultValue = "50") int limit,
      @RequestParam(required = false) @Nullable String cursor) {
    return page(entity, filter, null, limit, cursor, null, false, true, true);
  }

  private Page<RecordJson> page(
      String entity,
      @Nullable String filter,
      @Nullable String sort,
      int limit,
      @Nullable String cursor,
      @Nullable List<String> fields,
      boolean count,
      boolean hidden,
      boolean trash) {
    EntityType type = RecordController.type(entity);
    Rights rights = caller.rights();
    boolean descending = sort != null && sort.startsWith("-");
    String key = sort == null || sort.isBlank() ? null : sort.replaceFirst("^[-+ ]", "");
    Set<String> wanted = new LinkedHashSet<>();
    if (fields != null) {
      fields.stream().map(String::strip).filter(field -> !field.isEmpty()).forEach(wanted::add);
    }
    String after = cursor == null || cursor.isBlank() ? null : cursor;
    Filter parsed = FilterGrammar.parse(filter == null ? "" : filter);
    Search asked =
        new Search(
            type,
            hidden || type != EntityType.LEAD
                ? parsed
                : Hidden.without(parsed, schemas.current().visibleTo(rights)),
            wanted,
            key,
            descending,
            after,
            limit,
            count);
    Page<Record> page = search.page(asked, trash, rights);
    List<Long> ids = page.items().stream().map(item -> item.ref().id()).toList();
    Map<Long, List<String>> names = ids.isEmpty() ? Map.of() : tags.namesOf(type, ids);
    List<RecordJson> items = new ArrayList<>();
    for (Record record : page.items()) {
      items.add(RecordJson.of(record, names.getOrDefault(record.ref().id(), List.of()), rights));
    }
    return new Page<>(items, page.next(), page.total());
  }
}
