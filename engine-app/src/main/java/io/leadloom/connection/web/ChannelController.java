package io.leadloom.connection.web;

import io.leadloom.connection.Channels;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** By which ways something can be sent, for everybody who is signed in (LEAD-102). */
@Tag(name = "Deliveries")
@RestController
@RequestMapping("/api/v1/message-channels")
class ChannelController {

  private final Channels channels;

  ChannelController(Channels channels) {
    this.channels = channels;
  }

  /**
   * A channel.
   *
   * @param shown whether its messages are shown in the Mailbox and not sent
   * @param missing the settings without which nothing can be sent
   */
  record ChannelJson(
      String channel, boolean ready, boolean shown, List<Channels.Missing> missing) {}

  /** E-mail, SMS and WhatsApp; one that is not ready names the settings that it lacks. */
  @GetMapping
  List<ChannelJson> list() {
    return channels.states().stream()
        .map(
            state ->
                new ChannelJson(
                    state.channel().name().toLowerCase(Locale.ROOT),
                    state.ready(),
                    state.shown(),
                    state.missing()))
        .toList();
  }
}
