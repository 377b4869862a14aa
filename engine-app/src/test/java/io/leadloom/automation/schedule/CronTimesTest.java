package io.leadloom.automation.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronTimesTest {

  @ParameterizedTest(name = "{0} in {1} after {2} is {3}")
  @CsvSource({
    "0 30 9 * * *, Asia/Kolkata, 2027-01-01T00:00:00Z, 2027-01-01T04:00:00Z",
    "0 30 9 * * *, Asia/Kolkata, 2027-01-01T04:00:00Z, 2027-01-02T04:00:00Z",
    "0 0 9 * * MON-FRI, Europe/Berlin, 2027-03-26T09:00:00Z, 2027-03-29T07:00:00Z",
    // The hour that is left out.
    "0 30 2 * * *, Europe/Berlin, 2027-03-28T00:00:00Z, 2027-03-28T01:30:00Z",
    "0 30 2 * * *, Europe/Berlin, 2027-03-28T01:10:00Z, 2027-03-28T01:30:00Z",
    "0 30 2 * * *, Europe/Berlin, 2027-03-28T01:00:00Z, 2027-03-28T01:30:00Z",
    "0 0 2 * * *, Europe/Berlin, 2027-03-28T00:59:59Z, 2027-03-28T01:00:00Z",
    "0 30 2 * * *, Europe/Berlin, 2027-03-28T01:30:00Z, 2027-03-29T00:30:00Z",
    // The hour that comes twice.
    "0 30 2 * * *, Europe/Berlin, 2027-10-31T00:00:00Z, 2027-10-31T00:30:00Z",
    "0 30 2 * * *, Europe/Berlin, 2027-10-31T00:30:00Z, 2027-11-01T01:30:00Z",
    "0 30 2 * * *, Europe/Berlin, 2027-10-31T01:15:00Z, 2027-11-01T01:30:00Z",
    // A day that was left out as a whole.
    "0 0 9 30 12 *, Pacific/Apia, 2011-12-29T00:00:00Z, 2011-12-30T19:00:00Z",
  })
  void aTimeOfDayComesOnceADay(String cron, String zone, Instant after, Instant expected) {
    assertThat(CronTimes.next(cron, after, ZoneId.of(zone))).isEqualTo(expected);
  }

  @Test
  void whatComesEveryHourGoesByTheTimeThatPasses() {
    for (String day : List.of("2027-03-28", "2027-10-31")) {
      List<Instant> moments = new ArrayList<>();
      Instant at = Instant.parse(day + "T00:00:00Z");
      for (int i = 1; i <= 4; i++) {
        at = CronTimes.next("0 0 * * * *", at, ZoneId.of("Europe/Berlin"));
        moments.add(at);
        assertThat(at).isEqualTo(day + "T0" + i + ":00:00Z");
      }
    }
  }

  @Test
  void whatNeverComesIsNull() {
    assertThat(
            CronTimes.next("0 0 9 30 2 *", Instant.parse("2027-01-01T00:00:00Z"), ZoneId.of("UTC")))
        .isNull();
  }
}
