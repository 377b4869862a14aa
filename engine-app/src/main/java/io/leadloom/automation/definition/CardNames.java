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

/** What the cards of published versions are called and do. Versions never change, so it is kept in memory. */
@Component
public class CardNames {

  private static final int MOST_VERSIONS = 500;

  private final AutomationVersions versions;
  private final Processes processes;
  private final Map<Long, Cards> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Cards> eldest) {
          return size() > MOST_VERSIONS;
        }
      };

  /**
   * The cards of a version, by element id.
   *
   * @param names of those that have one
   * @param keys of the kinds of cards, for example {@code opportunity.create}
   */
  public record Cards(Map<String, String> names, Map<String, String> keys) {
    private static final Cards NONE = new Cards(Map.of(), Map.of());
  }

  CardNames(AutomationVersions versions, Processes processes) {
    this.versions = versions;
    this.processes = processes;
  }

  /** The cards of a version; none where it does not exist. */
  public Cards of(long versionId) {
    return read(Set.of(versionId)).getOrDefault(versionId, Cards.NONE);
  }

  /** The names of the cards that have one, by element id, for each of these versions that exists. */
  public Map<Long, Map<String, String>> of(Collection<Long> versionIds) {
    Map<Long, Map<String, String>> names = new HashMap<>();
    read(versionIds).forEach((id, cards) -> names.put(id, cards.names()));
    return names;
  }

  private Map<Long, Cards> read(Collection<Long> versionIds) {
    Map<Long, Cards> found = new HashMap<>();
    Set<Long> missing = new HashSet<>();
    synchronized (known) {
      for (Long id : versionIds) {
        Cards cards = known.get(id);
        if (cards == null) {
          missing.add(id);
        } else {
          found.put(id, cards);
        }
      }
    }
    if (!missing.isEmpty()) {
      Map<Long, Cards> read = new HashMap<>();
      versions
          .findAllById(missing)
          .forEach(version -> read.put(version.id(), cards(version.bpmn())));
      synchronized (known) {
        known.putAll(read);
      }
      found.putAll(read);
    }
    return found;
  }

  private Cards cards(String bpmn) {
    Map<String, String> names = new HashMap<>();
    Map<String, String> keys = new HashMap<>();
    if (processes.read(bpmn) instanceof Processes.Reading.Readable readable) {
      for (ProcessModel.Node node : readable.model().nodes().values()) {
        String key = node.card();
        if (key != null) {
          keys.put(node.id(), key);
        }
        if (!node.name().isBlank()) {
          names.put(node.id(), node.name());
        }
      }
    }
    return new Cards(Map.copyOf(names), Map.copyOf(keys));
  }
}
