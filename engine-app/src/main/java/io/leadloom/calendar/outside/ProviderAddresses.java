package io.leadloom.calendar.outside;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the providers are: their own addresses, unless a test puts something in their place.
 *
 * @param silence how long a server that does not answer is not asked again
 * @param retry when it is tried again for the first time to take back a consent
 */
@ConfigurationProperties("leadloom.calendars")
public record ProviderAddresses(
    @DefaultValue Google google,
    @DefaultValue Microsoft microsoft,
    @DefaultValue Zoom zoom,
    @DefaultValue("30s") Duration silence,
    @DefaultValue("1m") Duration retry) {

  /** Those of one provider. */
  public interface Of {
    /** Where the browser is sent. */
    String authorize();

    /** Where codes and refresh tokens are swapped. */
    String token();

    /** What stands before the path of a call. */
    String api();

    /** Where consents are taken back; empty where there is no way to do so. */
    String revoke();
  }

  public record Google(
      @DefaultValue("https://accounts.google.com/o/oauth2/v2/auth") String authorize,
      @DefaultValue("https://oauth2.googleapis.com/token") String token,
      @DefaultValue("https://www.googleapis.com/calendar/v3") String api,
      @DefaultValue("https://oauth2.googleapis.com/revoke") String revoke)
      implements Of {}

  public record Microsoft(
      @DefaultValue("https://login.microsoftonline.com/common/oauth2/v2.0/authorize")
          String authorize,
      @DefaultValue("https://login.microsoftonline.com/common/oauth2/v2.0/token") String token,
      @DefaultValue("https://graph.microsoft.com/v1.0") String api)
      implements Of {

    @Override
    public String revoke() {
      return "";
    }
  }

  public record Zoom(
      @DefaultValue("https://zoom.us/oauth/authorize") String authorize,
      @DefaultValue("https://zoom.us/oauth/token") String token,
      @DefaultValue("https://api.zoom.us/v2") String api,
      @DefaultValue("https://zoom.us/oauth/revoke") String revoke)
      implements Of {}

  public Of of(CalendarProvider provider) {
    return switch (provider) {
      case GOOGLE -> google;
      case MICROSOFT -> microsoft;
      case ZOOM -> zoom;
    };
  }
}
