package io.leadloom.automation.notice;

import io.leadloom.connection.AccountNews;
import io.leadloom.platform.AfterCommit;
import io.leadloom.platform.web.LiveUpdates;
import java.time.Clock;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Rings the bell of whoever has an account of which something has become; part of the transaction in which it did. */
@Component
class AccountNotices {

  private final Notices notices;
  private final LiveUpdates updates;
  private final Clock clock;

  AccountNotices(Notices notices, LiveUpdates updates, Clock clock) {
    this.notices = notices;
    this.updates = updates;
    this.clock = clock;
  }

  @EventListener
  void told(AccountNews news) {
    notices.write(
        List.of(Notices.New.ofPlace(news.userId(), news.subject(), news.text(), news.place())),
        clock.instant());
    AfterCommit.run(() -> updates.publish("notice.created", news.userId()));
  }
}
