package io.leadloom.platform.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Owners;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.platform.web.LiveUpdates.Hears;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events for open pages. */
@Tag(name = "Live updates")
@RestController
class StreamController {

  private static final String NOTICE = "notice.created";

  private final LiveUpdates updates;
  private final Access access;

  StreamController(LiveUpdates updates, Access access) {
    this.updates = updates;
    this.access = access;
  }

  @GetMapping(path = "/api/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter stream() {
    SseEmitter emitter = updates.open(audience(access.current().userId()));
    if (emitter == null) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT, "Too many pages listen already", List.of());
    }
    return emitter;
  }

  /** Ids are told only to those who see everything of a kind: others would learn of records out of their reach. */
  private LiveUpdates.Audience audience(@Nullable Long user) {
    return (type, id) -> {
      if (user == null) {
        return Hears.NOTHING;
      }
      if (type.equals(NOTICE)) {
        return id == null || id.equals(user) ? Hears.WHICH : Hears.NOTHING;
      }
      Rights rights = access.of(user);
      String kind = type.substring(0, type.indexOf('.'));
      Owners owners =
          EntityType.of(kind)
              .map(entity -> rights.owners(entity, Action.VIEW))
              .orElseGet(() -> rights.owners(Section.AUTOMATIONS, Action.VIEW));
      if (owners.all()) {
        return Hears.WHICH;
      }
      return owners.none() ? Hears.NOTHING : Hears.THAT_SOMETHING_CHANGED;
    };
  }
}
