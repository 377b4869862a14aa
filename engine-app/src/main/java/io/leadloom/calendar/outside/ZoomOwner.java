package io.leadloom.calendar.outside;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/** Whose account at Zoom it is. */
@Component
class ZoomOwner {

  private final OutsideHttp http;
  private final ProviderAddresses addresses;

  ZoomOwner(OutsideHttp http, ProviderAddresses addresses) {
    this.http = http;
    this.addresses = addresses;
  }

  String name(String token) throws OutsideFailure {
    JsonNode me =
        http.call(
            CalendarProvider.ZOOM,
            HttpMethod.GET,
            URI.create(addresses.zoom().api() + "/users/me"),
            token,
            Map.of(),
            null);
    return me.path("email").asText("Zoom");
  }
}
