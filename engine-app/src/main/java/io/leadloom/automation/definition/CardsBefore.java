package io.leadloom.automation.definition;

import io.leadloom.process.ProcessModel;
import io.leadloom.process.ProcessModel.NodeKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which cards certainly stand before a node: on every path to it, where a parallel join counts all its branches
 * (AUT-035).
 */
final class CardsBefore {

  private final Map<String, @Nullable Set<String>> before = new HashMap<>();
  private final Set<String> wanted = new HashSet<>();

  CardsBefore(ProcessModel model, Predicate<ProcessModel.Node> wantedCards) {
    Map<String, List<String>> sources = sources(model);
    model.nodes().values().stream().filter(wantedCards).forEach(node -> wanted.add(node.id()));
    boolean changed = true;
    while (changed && !wanted.isEmpty()) {
      changed = false;
      for (ProcessModel.Node node : model.nodes().values()) {
        Set<String> now = join(node, sources.getOrDefault(node.id(), List.of()));
        if (now != null && !now.equals(before.get(node.id()))) {
          before.put(node.id(), now);
          changed = true;
        }
      }
    }
  }

  /** The wanted cards before a node. */
  Set<String> at(String node) {
    Set<String> cards = before.get(node);
    return cards == null ? Set.of() : cards;
  }

  /** The wanted cards before the flows that leave a node. */
  Set<String> after(String node) {
    Set<String> cards = out(node);
    return cards == null ? Set.of() : cards;
  }

  private @Nullable Set<String> join(ProcessModel.Node node, List<String> from) {
    if (node.kind() == NodeKind.START) {
      return Set.of();
    }
    Set<String> joined = null;
    for (String source : from) {
      Set<String> arriving = out(source);
      if (arriving == null) {
        continue;
      }
      if (joined == null) {
        joined = new HashSet<>(arriving);
      } else if (node.kind() == NodeKind.PARALLEL) {
        joined.addAll(arriving);
      } else {
        joined.retainAll(arriving);
      }
    }
    return joined;
  }

  private @Nullable Set<String> out(String node) {
    Set<String> arriving = before.get(node);
    if (arriving == null || !wanted.contains(node)) {
      return arriving;
    }
    Set<String> leaving = new HashSet<>(arriving);
    leaving.add(node);
    return leaving;
  }

  private static Map<String, List<String>> sources(ProcessModel model) {
    Map<String, List<String>> sources = new HashMap<>();
    for (ProcessModel.Flow flow : model.flows().values()) {
      sources.computeIfAbsent(flow.target(), any -> new ArrayList<>()).add(flow.source());
    }
    for (ProcessModel.Node node : model.nodes().values()) {
      if (node.attachedTo() != null) {
        sources.computeIfAbsent(node.id(), any -> new ArrayList<>()).add(node.attachedTo());
      }
      if (node.kind() == NodeKind.LINK_CATCH) {
        for (ProcessModel.Node other : model.nodes().values()) {
          if (other.kind() == NodeKind.LINK_THROW && other.settings().equals(node.settings())) {
            sources.computeIfAbsent(node.id(), any -> new ArrayList<>()).add(other.id());
          }
        }
      }
    }
    return sources;
  }
}
