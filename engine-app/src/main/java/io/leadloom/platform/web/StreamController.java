package io.leadloom.platform.web;

import io.leadloom.platform.RefusedException;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Server-sent events for open pages. */
@Tag(name = "Live updates")
@RestController
class StreamController {

  private final LiveUpdates updates;

  StreamController(LiveUpdates updates) {
    this.updates = updates;
  }

  @GetMapping(path = "/api/v1/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter stream() {
    SseEmitter emitter = updates.open();
    if (emitter == null) {
      throw new RefusedException(
          RefusedException.Reason.CONFLICT, "Too many pages listen already", List.of());
    }
    return emitter;
  }
}
