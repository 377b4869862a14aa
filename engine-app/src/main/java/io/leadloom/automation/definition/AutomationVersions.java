package io.leadloom.automation.definition;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** The published versions as kept. */
public interface AutomationVersions extends JpaRepository<AutomationVersion, Long> {

  Optional<AutomationVersion> findByAutomationIdAndNumber(long automationId, int number);

  List<AutomationVersion> findByAutomationIdOrderByNumberDesc(long automationId);

  /** The versions that are live now. */
  @Query(
      """
      select v from AutomationVersion v, Automation a
      where v.automationId = a.id and v.number = a.publishedVersion
        and (a.state = io.leadloom.automation.definition.Automation.State.PUBLISHED
          or a.state = io.leadloom.automation.definition.Automation.State.PAUSED)
      order by a.id
      """)
  List<AutomationVersion> live();

  /** Which version of its automation a version is. */
  record Numbered(long id, int number) {}

  /** The numbers of these versions, without their documents. */
  @Query(
      "select new io.leadloom.automation.definition.AutomationVersions$Numbered(v.id, v.number)"
          + " from AutomationVersion v where v.id in :ids")
  List<Numbered> numbers(Collection<Long> ids);

  @Query("select count(v) > 0 from AutomationVersion v where v.listens = true")
  boolean anyListens();
}
