package io.leadloom.record.share.web;

import io.leadloom.platform.Page;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.share.Shares;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is shared with whoever asks, so that pages know what he may change (AUT-067). */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/opportunities/shared")
class LentController {

  private final Shares shares;
  private final Access access;

  LentController(Shares shares, Access access) {
    this.shares = shares;
    this.access = access;
  }

  /**
   * An opportunity, what may be done with it, and until when.
   *
   * @param alone whether the caller reaches it by shares alone; otherwise he may what his permissions say, too
   */
  record Lent(long opportunity, String access, Instant until, boolean alone) {}

  /** Several of one opportunity stand side by side; the widest counts. */
  record Listed(List<Lent> items, @Nullable String next) {}

  @GetMapping
  @Needs(section = Section.OPPORTUNITY, value = Action.VIEW)
  @Operation(summary = "The opportunities that others share with the caller now")
  Listed list(
      @RequestParam(required = false) @Nullable String cursor,
      @RequestParam(defaultValue = "200") int limit) {
    Page<Shares.Lent> page = shares.lent(access.current(), cursor, limit);
    return new Listed(
        page.items().stream()
            .map(one -> new Lent(one.opportunity(), one.access().key(), one.until(), one.alone()))
            .toList(),
        page.next());
  }
}
