package io.leadloom.record.web;

import io.leadloom.platform.permission.Needs;
import io.leadloom.record.handover.HandOver;
import io.leadloom.record.handover.HandOvers;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What a user owns, and giving it to somebody else (SET-037). */
@Tag(name = "Users")
@RestController
@RequestMapping("/api/v1/users/{user}")
class HandOverController {

  private final HandOvers handOvers;

  HandOverController(HandOvers handOvers) {
    this.handOvers = handOvers;
  }

  record HandOverInput(@Nullable Long to) {}

  record HandOverJson(
      long id,
      long from,
      long to,
      String status,
      @Nullable Long requestedBy,
      Instant requestedAt,
      @Nullable Instant endedAt,
      long total,
      long done,
      long leftOut,
      @Nullable String problem) {

    static HandOverJson of(HandOver job) {
      return new HandOverJson(
          job.id(),
          job.fromUser(),
          job.toUser(),
          job.status().key(),
          job.requestedBy(),
          job.requestedAt(),
          job.endedAt(),
          job.total(),
          job.done(),
          job.leftOut(),
          job.problem());
    }
  }

  record HandOverList(List<HandOverJson> items) {}

  /** How many records of each kind, and lists, the user owns. */
  @GetMapping("/holdings")
  @Needs(administrator = true)
  Map<String, Long> holdings(@PathVariable long user) {
    return handOvers.holdings(user);
  }

  @GetMapping("/hand-overs")
  @Needs(administrator = true)
  HandOverList all(@PathVariable long user) {
    return new HandOverList(handOvers.of(user).stream().map(HandOverJson::of).toList());
  }

  @GetMapping("/hand-overs/{id}")
  @Needs(administrator = true)
  HandOverJson one(@PathVariable long user, @PathVariable long id) {
    return HandOverJson.of(handOvers.find(user, id));
  }

  /** Begins a hand-over; asked twice, it is one job. */
  @PostMapping("/hand-overs")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.ACCEPTED)
  HandOverJson order(@PathVariable long user, @RequestBody HandOverInput input) {
    return HandOverJson.of(handOvers.order(user, input.to()));
  }

  @PostMapping("/hand-overs/{id}/cancel")
  @Needs(administrator = true)
  HandOverJson cancel(@PathVariable long user, @PathVariable long id) {
    return HandOverJson.of(handOvers.stop(user, id));
  }
}
