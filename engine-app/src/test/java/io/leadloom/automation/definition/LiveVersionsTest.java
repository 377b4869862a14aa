package io.leadloom.automation.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.same;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.leadloom.automation.trigger.Reentry;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.process.ExecutableProcess;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Compiled versions cost memory: they are made when they are needed and closed when nobody uses them any more. */
class LiveVersionsTest {

  private final VersionCompiler compiler = mock();
  private final Automations automations = mock();
  private final AutomationVersions stored = mock();
  private final Map<Long, ExecutableProcess> processes = new HashMap<>();
  private final AccountSettings account = mock();
  private final LiveVersions versions = new LiveVersions(compiler, automations, stored, account, 2);

  @BeforeEach
  void storeThreeVersions() {
    when(account.timeZone()).thenReturn(ZoneOffset.UTC);
    for (long id = 1; id <= 3; id++) {
      AutomationVersion version = mock();
      Automation automation = mock();
      ExecutableProcess process = mock();
      processes.put(id, process);
      when(version.automationId()).thenReturn(10 + id);
      when(stored.findById(id)).thenReturn(Optional.of(version));
      when(automations.findById(10 + id)).thenReturn(Optional.of(automation));
      LiveVersion live = live(id, process);
      when(compiler.load(any(), same(automation), any())).thenReturn(live);
    }
  }

  private static LiveVersion live(long id, ExecutableProcess process) {
    return new LiveVersion(
        id,
        10 + id,
        "key" + id,
        "Name",
        mock(),
        process,
        null,
        mock(),
        Reentry.EVERY_TIME,
        ZoneOffset.UTC,
        Map.of(),
        Map.of(),
        Map.of(),
        Set.of(),
        Set.of(),
        Map.of());
  }

  @Test
  void nothingIsCompiledBeforeItIsNeededAndThenOnce() {
    verifyNoInteractions(compiler);
    for (int batch = 0; batch < 3; batch++) {
      try (LiveVersions.Lease lease = versions.lease()) {
        assertThat(lease.get(1).id()).isEqualTo(1);
        lease.get(1);
      }
    }
    verify(compiler, times(1)).load(any(), any(), any());
  }

  @Test
  void theLeastUsedIsClosedWhenThereIsNoRoomButNotWhileABatchUsesIt() {
    LiveVersions.Lease long1 = versions.lease();
    long1.get(1);
    try (LiveVersions.Lease lease = versions.lease()) {
      lease.get(2);
      lease.get(3);
    }
    verify(processes.get(1L), never()).close();
    assertThat(long1.get(1).id()).isEqualTo(1);
    long1.close();
    verify(processes.get(1L)).close();
    verify(processes.get(2L), never()).close();
    verify(processes.get(3L), never()).close();
  }

  @Test
  void whatIsForgottenIsClosedAfterItsLastUseAndCompiledAgainForTheNext() {
    try (LiveVersions.Lease lease = versions.lease()) {
      lease.get(1);
      versions.forget(Set.of(11L));
      verify(processes.get(1L), never()).close();
    }
    verify(processes.get(1L)).close();
    try (LiveVersions.Lease lease = versions.lease()) {
      lease.get(1);
    }
    verify(compiler, times(2)).load(any(), any(), any());
  }

  @Test
  void whatIsBeingCompiledWhileTheZoneChangesIsCompiledAgainAlsoWhenNothingIsHeld() {
    LiveVersion early = live(1, mock());
    LiveVersion late = live(1, mock());
    when(compiler.load(any(), any(), any()))
        .thenAnswer(
            call -> {
              // The next look at the account finds another zone.
              when(account.timeZone()).thenReturn(ZoneOffset.ofHours(2));
              return early;
            })
        .thenReturn(late);
    try (LiveVersions.Lease lease = versions.lease()) {
      assertThat(lease.get(1)).isSameAs(late);
    }
    verify(early.process()).close();
    verify(late.process(), never()).close();
  }

  @Test
  void aPublishedVersionThatWasCompiledForTheZoneBeforeIsNotKept() {
    long before = versions.forgettings();
    LiveVersion published = live(1, mock());
    when(account.timeZone()).thenReturn(ZoneOffset.ofHours(2));
    versions.keep(published, before);
    verify(published.process()).close();
    LiveVersion next = live(2, mock());
    versions.keep(next, versions.forgettings());
    try (LiveVersions.Lease lease = versions.lease()) {
      assertThat(lease.get(2)).isSameAs(next);
      assertThat(lease.get(1).process()).isSameAs(processes.get(1L));
    }
  }
}
