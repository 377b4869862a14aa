package io.leadloom.calendar.outside;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A stretch of time; the end is not part of it. */
public record Span(Instant from, Instant to) {

  public boolean overlaps(Span other) {
    return from.isBefore(other.to) && other.from.isBefore(to);
  }

  public boolean empty() {
    return !from.isBefore(to);
  }

  /** The part of this one that is in another, which it overlaps. */
  public Span within(Span other) {
    return new Span(
        from.isBefore(other.from) ? other.from : from, to.isAfter(other.to) ? other.to : to);
  }

  /** What is left of this one without the others, in their order. */
  public List<Span> without(List<Span> others) {
    List<Span> left = List.of(this);
    for (Span other : others) {
      if (!overlaps(other)) {
        continue;
      }
      List<Span> fresh = new ArrayList<>();
      for (Span piece : left) {
        if (!piece.overlaps(other)) {
          fresh.add(piece);
          continue;
        }
        if (piece.from.isBefore(other.from)) {
          fresh.add(new Span(piece.from, other.from));
        }
        if (other.to.isBefore(piece.to)) {
          fresh.add(new Span(other.to, piece.to));
        }
      }
      left = fresh;
    }
    return List.copyOf(left);
  }
}
