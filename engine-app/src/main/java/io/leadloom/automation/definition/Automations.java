package io.leadloom.automation.definition;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** The automations as kept. */
public interface Automations extends JpaRepository<Automation, Long> {

  Optional<Automation> findByKey(String key);

  boolean existsByKey(String key);

  @Query("select a from Automation a order by a.name, a.id")
  List<Automation> everyOne();
}
