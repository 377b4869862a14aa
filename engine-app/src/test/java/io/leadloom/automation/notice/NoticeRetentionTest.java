package io.leadloom.automation.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Notices that were read go after their time; what nobody has read stays. */
@LeadloomTest
class NoticeRetentionTest {

  private static final long READER = 987_654_321L;

  @Autowired private Notices notices;
  @Autowired private NoticeRetention retention;
  @Autowired private TransactionTemplate transaction;
  @Autowired private MutableClock clock;

  private void write(int count, String subject) {
    List<Notices.New> some =
        IntStream.range(0, count)
            .mapToObj(n -> Notices.New.ofAutomation(READER, subject, "Text", 1))
            .toList();
    transaction.executeWithoutResult(status -> notices.write(some, clock.instant()));
  }

  private List<String> subjects() {
    return notices.page(READER, null, 200).items().stream().map(Notices.Notice::subject).toList();
  }

  @Test
  void readNoticesAreDeletedNinetyDaysAfterTheyWereReadAndUnreadOnesStay() {
    // More than one transaction deletes at once.
    write(2_100, "old");
    notices.readAll(READER);
    clock.advance(Duration.ofDays(60));
    write(1, "newer");
    notices.readAll(READER);
    write(1, "unread");
    retention.run();
    assertThat(subjects()).hasSize(200);

    clock.advance(Duration.ofDays(31));
    assertThat(retention.run()).isGreaterThanOrEqualTo(2_100);
    assertThat(subjects()).containsExactly("unread", "newer");

    clock.advance(Duration.ofDays(365));
    retention.run();
    assertThat(subjects()).containsExactly("unread");
  }
}
