package io.leadloom.identity.person;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.identity.person.Availability.Text;
import io.leadloom.platform.RefusedException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvailabilityTest {

  @Test
  void SET_042_severalIntervalsADayAreKeptInTheirOrder() {
    Availability hours =
        Availability.read(
            Map.of(
                "monday",
                List.of(new Text("13:00", "17:30"), new Text("09:00", "12:00")),
                "sunday",
                List.of()));
    assertThat(hours.texts())
        .isEqualTo(
            Map.of("monday", List.of(new Text("09:00", "12:00"), new Text("13:00", "17:30"))));
    assertThat(Availability.read(hours.texts())).isEqualTo(hours);
  }

  @Test
  void SET_042_intervalsMayTouch() {
    assertThat(
            Availability.read(
                    Map.of(
                        "friday", List.of(new Text("09:00", "12:00"), new Text("12:00", "13:00"))))
                .days())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "monday, 09:00, 12:00, 11:59, 13:00, hours that do not overlap",
    "monday, 09:00, 17:00, 10:00, 11:00, hours that do not overlap",
    "monday, 12:00, 09:00, 13:00, 14:00, an end after the start",
    "monday, 09:00, 09:00, 13:00, 14:00, an end after the start",
    "monday, 9am, 12:00, 13:00, 14:00, two times such as",
    "monday, 25:00, 26:00, 13:00, 14:00, two times such as",
    "someday, 09:00, 12:00, 13:00, 14:00, monday to sunday"
  })
  void SET_042_whatIsNoWeekIsRefusedWithAReason(
      String day, String from, String to, String nextFrom, String nextTo, String reason) {
    Map<String, List<Text>> given =
        Map.of(day, List.of(new Text(from, to), new Text(nextFrom, nextTo)));
    assertThatThrownBy(() -> Availability.read(given))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.violations().get(0).expectation()).contains(reason));
  }
}
