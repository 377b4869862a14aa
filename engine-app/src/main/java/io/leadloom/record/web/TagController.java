package io.leadloom.record.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
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

  /** Tags by name. */
  record TagList(List<Tags.Tag> items) {}

  /** The name of a tag. */
  record TagName(@Nullable String name) {}

  @GetMapping
  TagList search(
      @RequestParam(required = false) @Nullable String search,
      @RequestParam(defaultValue = "false") boolean deleted,
      @RequestParam(defaultValue = "200") int limit) {
    Page.limit(limit, MOST);
    return new TagList(tags.search(search, deleted, limit));
  }

  @PostMapping
  @Needs(section = Section.TAGS, value = Action.CREATE)
  @ResponseStatus(HttpStatus.CREATED)
  Tags.Tag create(@RequestBody TagName body) {
    return tags.create(body.name() == null ? "" : body.name());
  }

  @PatchMapping("/{id}")
  @Needs(section = Section.TAGS, value = Action.EDIT)
  Tags.Tag rename(@PathVariable long id, @RequestBody TagName body) {
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
  Tags.Tag restore(@PathVariable long id) {
    return tags.restore(id);
  }
}
