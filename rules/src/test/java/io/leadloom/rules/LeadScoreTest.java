package io.leadloom.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.rules.verdict.LeadScore;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LEAD-150, with the totals of LEAD-E18 and LEAD-E36. */
class LeadScoreTest {

  @ParameterizedTest
  @CsvSource({
    "95, 140, 68",
    "125, 140, 89",
    "155, 140, 100",
    "0, 140, 0",
    "-20, 140, 0",
    "5, 0, 0",
    "1, 200, 1",
    "9, 1000, 1",
    "4, 1000, 0",
    "5, 1000, 1",
    "9223372036854775806, 9223372036854775807, 100",
  })
  void percentage(long total, long maximum, int percentage) {
    assertThat(LeadScore.percentage(total, maximum)).isEqualTo(percentage);
  }
}
