package io.leadloom.record.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.mark.Tag;
import io.leadloom.record.mark.TagUsage;
import io.leadloom.record.mark.Tags;
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

/** The account's tags (SET-125 to SET-134). */
@io.swagger.v3.oas.annotations.tags.Tag(name = "Tags")
@RestController
@RequestMapping("/api/v1/tags")
class TagController {

  private static final int MOST = 1_000;

  private final Tags tags;
  private final Caller caller;

  TagController(Tags tags, Caller caller) {
    this.tags = tags;
    this.caller = caller;
  }

  /** The name of a tag. */
  record TagName(@Nullable String name) {}

  /**
   * Tags whose name contains a text.
   *
   * @param sort name, createdAt, updatedAt or deletedAt, with {@code -} before it the other way round
   * @param deleted true for those that were deleted in the last 30 days instead
   * @param count whether to say how many there are
   */
  @GetMapping
  Page<Tag> search(
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(defaultValue = "false") boolean deleted,
      @RequestParam(defaultValue = "name") String sort,
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "false") boolean count,
      @RequestParam(defaultValue = "200") int limit) {
    Page.limit(limit, MOST);
    if (cursor != null && !cursor.matches("[0-9]{1,9}")) {
      throw RefusedException.invalid(
          "The list cannot go on there",
          Violation.of("cursor", cursor, "the 'next' of the page before, unchanged"));
    }
    int from = cursor == null ? 0 : Integer.parseInt(cursor);
    boolean descending = sort.startsWith("-");
    List<Tag> found =
        tags.search(
            new Tags.Search(
                search,
                deleted,
                sorted(descending ? sort.substring(1) : sort),
                descending,
                from,
                limit + 1));
    boolean more = found.size() > limit;
    return new Page<>(
        more ? found.subList(0, limit) : found,
        more ? Integer.toString(from + limit) : null,
        count ? tags.count(search, deleted) : null);
  }

  private static Tags.Sort sorted(String key) {
    return switch (key) {
      case "name" -> Tags.Sort.NAME;
      case "createdAt" -> Tags.Sort.CREATED_AT;
      case "updatedAt" -> Tags.Sort.UPDATED_AT;
      case "deletedAt" -> Tags.Sort.DELETED_AT;
      default ->
          throw RefusedException.invalid(
              "The list cannot be sorted like this",
              Violation.of("sort", key, "name, createdAt, updatedAt or deletedAt"));
    };
  }

  /** What has or names a tag: shown before it is deleted. */
  @GetMapping("/{id}/usage")
  @Needs(section = Section.TAGS, value = Action.DELETE)
  TagUsage usage(@PathVariable long id) {
    return tags.usage(id);
  }

  @PostMapping
  @Needs(section = Section.TAGS, value = Action.CREATE)
  @ResponseStatus(HttpStatus.CREATED)
  Tag create(@RequestBody TagName body) {
    return tags.create(body.name() == null ? "" : body.name());
  }

  @PatchMapping("/{id}")
  @Needs(section = Section.TAGS, value = Action.EDIT)
  Tag rename(@PathVariable long id, @RequestBody TagName body) {
    return tags.rename(id, body.name() == null ? "" : body.name());
  }

  @DeleteMapping("/{id}")
  @Needs(section = Section.TAGS, value = Action.DELETE)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable long id) {
    tags.delete(id, caller.userId());
  }

  @PostMapping("/{id}/restore")
  @Needs(section = Section.TAGS, value = Action.DELETE)
  Tag restore(@PathVariable long id) {
    return tags.restore(id);
  }
}
