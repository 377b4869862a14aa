package io.leadloom.calendar.outside;

import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** The providers by name. */
@Component
@EnableConfigurationProperties(ProviderAddresses.class)
public class Outside {

  private final List<OutsideCalendars> all;
  private final ZoomOwner zoom;

  Outside(List<OutsideCalendars> all, ZoomOwner zoom) {
    this.all = all;
    this.zoom = zoom;
  }

  /** The calendars of a provider that has some. */
  public OutsideCalendars calendars(CalendarProvider provider) {
    return all.stream()
        .filter(one -> one.provider() == provider)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(provider.label() + " has no calendars"));
  }

  /** What an account is called. */
  public String owner(CalendarProvider provider, String token) throws OutsideFailure {
    return provider.calendars() ? calendars(provider).owner(token) : zoom.name(token);
  }
}
