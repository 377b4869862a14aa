package io.leadloom.process.reading;

import static io.leadloom.process.reading.Lookup.known;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Finds groups of nodes that a token can go round in without passing a node that breaks loops (strongly connected
 * components, by Tarjan's algorithm with a stack of its own).
 */
final class Loops {

  private record Frame(String node, int child) {}

  private final Map<String, List<String>> next;
  private final Predicate<String> breaks;
  private final Map<String, Integer> order = new HashMap<>();
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final Map<String, Boolean> isOpen = new HashMap<>();
  private final List<List<String>> loops = new ArrayList<>();

  Loops(Map<String, List<String>> next, Predicate<String> breaks) {
    this.next = next;
    this.breaks = breaks;
  }

  /** Each group in document order of its first node. */
  List<List<String>> find() {
    for (String node : next.keySet()) {
      if (!order.containsKey(node) && !breaks.test(node)) {
        walk(node);
      }
    }
    return loops;
  }

  private void walk(String root) {
    Deque<Frame> frames = new ArrayDeque<>();
    enter(root);
    frames.push(new Frame(root, 0));
    while (!frames.isEmpty()) {
      Frame frame = frames.pop();
      String node = frame.node();
      List<String> children = known(next, node);
      if (frame.child() < children.size()) {
        frames.push(new Frame(node, frame.child() + 1));
        String child = children.get(frame.child());
        if (breaks.test(child)) {
          continue;
        }
        if (!order.containsKey(child)) {
          enter(child);
          frames.push(new Frame(child, 0));
        } else if (known(isOpen, child)) {
          lowest.merge(node, known(order, child), Math::min);
        }
      } else {
        if (known(lowest, node).equals(order.get(node))) {
          close(node);
        }
        if (!frames.isEmpty()) {
          lowest.merge(frames.peek().node(), known(lowest, node), Math::min);
        }
      }
    }
  }

  private void enter(String node) {
    order.put(node, order.size());
    lowest.put(node, known(order, node));
    open.push(node);
    isOpen.put(node, true);
  }

  private void close(String root) {
    List<String> group = new ArrayList<>();
    String node;
    do {
      node = open.pop();
      isOpen.put(node, false);
      group.add(0, node);
    } while (!node.equals(root));
    if (group.size() > 1 || known(next, root).contains(root)) {
      loops.add(group);
    }
  }
}
