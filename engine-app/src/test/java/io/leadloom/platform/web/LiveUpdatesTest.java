package io.leadloom.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.leadloom.platform.web.LiveUpdates.Change;
import io.leadloom.platform.web.LiveUpdates.Hears;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

class LiveUpdatesTest {

  private static final LiveUpdates.Audience ALL = (type, id) -> Hears.WHICH;

  private final LiveUpdates updates = new LiveUpdates();

  @AfterEach
  void close() {
    updates.destroy();
  }

  @Test
  void aPageThatTakesItsMessagesSlowlyMissesNothingAndHoldsNobodyUp() {
    List<Page> slow = List.of(new Page(), new Page(), new Page());
    Page quick = new Page();
    slow.forEach(page -> updates.open(page, ALL));
    updates.open(quick, ALL);
    quick.ready.countDown();

    for (long id = 1; id <= 3; id++) {
      Change change = new Change("lead.changed", id);
      updates.publish(change.type(), change.id());
      await().until(() -> quick.heard.contains(change));
    }
    assertThat(slow).allSatisfy(page -> assertThat(page.heard).isEmpty());

    slow.forEach(page -> page.ready.countDown());
    await()
        .untilAsserted(
            () ->
                assertThat(slow)
                    .allSatisfy(
                        page ->
                            assertThat(page.heard)
                                .containsExactlyElementsOf(List.copyOf(quick.heard))));
  }

  @Test
  void manyChangesWhileAPageIsSlowBecomeOneThatSaysSome() {
    Page slow = new Page();
    updates.open(slow, ALL);
    for (long id = 1; id <= 50; id++) {
      updates.publish("lead.changed", id);
    }
    slow.ready.countDown();
    await().until(() -> !slow.heard.isEmpty());
    assertThat(slow.heard).containsExactly(new Change("lead.changed", null));
  }

  @Test
  void aPageThatIsGoneIsForgottenAndTheOthersHear() {
    Page gone = new Page();
    gone.broken = true;
    gone.ready.countDown();
    Page here = new Page();
    here.ready.countDown();
    updates.open(gone, ALL);
    updates.open(here, ALL);
    updates.publish("lead.changed", 1L);
    await().until(() -> here.heard.contains(new Change("lead.changed", 1L)));
    await().until(() -> gone.completed);
    updates.publish("lead.changed", 2L);
    await().until(() -> here.heard.contains(new Change("lead.changed", 2L)));
    assertThat(gone.tried).hasValue(1);
  }

  @Test
  void aPageHearsNoMoreThanItsReaderMayKnow() {
    Page all = new Page();
    Page some = new Page();
    all.ready.countDown();
    some.ready.countDown();
    updates.open(all, ALL);
    updates.open(
        some,
        (type, id) -> type.equals("lead.changed") ? Hears.THAT_SOMETHING_CHANGED : Hears.NOTHING);
    updates.publish("run.changed", 7L);
    updates.publish("lead.changed", 8L);
    await().until(() -> all.heard.size() == 2 && !some.heard.isEmpty());
    assertThat(all.heard)
        .containsExactly(new Change("run.changed", 7L), new Change("lead.changed", 8L));
    assertThat(some.heard).containsExactly(new Change("lead.changed", null));
  }

  @Test
  void aPageOfWhoseReaderNothingIsKnownIsClosedAndTheOthersGoOnHearing() {
    Page unknown = new Page();
    Page here = new Page();
    here.ready.countDown();
    updates.open(
        unknown,
        (type, id) -> {
          throw new IllegalStateException("The database is away");
        });
    updates.open(here, ALL);
    updates.publish("lead.changed", 1L);
    await().until(() -> here.heard.contains(new Change("lead.changed", 1L)));
    await().until(() -> unknown.completed);
    updates.publish("lead.changed", 2L);
    await().until(() -> here.heard.contains(new Change("lead.changed", 2L)));
  }

  /** A page that takes its messages when it is ready. */
  private static final class Page extends SseEmitter {
    final CountDownLatch ready = new CountDownLatch(1);
    final List<Object> heard = new CopyOnWriteArrayList<>();
    volatile boolean broken;
    volatile boolean completed;
    final AtomicInteger tried = new AtomicInteger();

    @Override
    public void send(Object change) throws IOException {
      tried.incrementAndGet();
      if (broken) {
        throw new IOException("The page is gone");
      }
      try {
        ready.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      heard.add(change);
    }

    @Override
    public synchronized void complete() {
      completed = true;
    }
  }
}
