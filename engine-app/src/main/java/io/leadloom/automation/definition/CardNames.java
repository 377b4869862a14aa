package io.leadloom.automation.definition;

import io.leadloom.process.ProcessModel;
import io.leadloom.process.Processes;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the cards of published versions are called. Versions never change, so their names are kept in memory. */
@Component
public class CardNames {

  private static final int MOST_VERSIONS = 500;

  private final AutomationVersions versions;
  private final Processes processes;
  private final Map<Long, Map<String, String>> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Map<String, String>> eldest) {
          return size() > MOST_VERSIONS;
        }
      };

  CardNames(AutomationVersions versions, Processes processes) {
    this.versions = versions;
    this.processes = processes;
  }

  /** The names of the cards that have one, by element id, for each of these versions that exists. */
  public Map<Long, Map<String, String>> of(Collection<Long> versionIds) {
    Map<Long, Map<String, String>> found = new HashMap<>();
    Set<Long> missing = new HashSet<>();
    synchronized (known) {
      for (Long id : versionIds) {
        Map<String, String> names = known.get(id);
        if (names == null) {
          missing.add(id);
        } else {
          found.put(id, names);
        }
      }
    }
    if (!missing.isEmpty()) {
      Map<Long, Map<String, String>> read = new HashMap<>();
      versions
          .findAllById(missing)
          .forEach(version -> read.put(version.id(), names(version.bpmn())));
      synchronized (known) {
        known.putAll(read);
      }
      found.putAll(read);
    }
    return found;
  }

  private Map<String, String> names(String bpmn) {
    Map<String, String> names = new HashMap<>();
    if (processes.read(bpmn) instanceof Processes.Reading.Readable readable) {
      for (ProcessModel.Node node : readable.model().nodes().values()) {
        if (!node.name().isBlank()) {
          names.put(node.id(), node.name());
        }
      }
    }
    return Map.copyOf(names);
  }
}
