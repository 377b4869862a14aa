package io.leadloom.record.history;

import io.leadloom.journal.JournalEvent;
import io.leadloom.journal.JournalHistory;
import io.leadloom.journal.JournalHistory.Matter;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.record.Record;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Reads events newest first: from the journal, then from what it has let go of. The events of several records are read as
 * one history, so that what belonged to a merged record stays readable with the one that stands for it.
 */
@Component
class EventPages {

  private static final String OLD = "old";
  private static final String SEVERAL = "several ";

  private final ObjectProvider<JournalHistory> journal;
  private final KeptHistory kept;

  EventPages(ObjectProvider<JournalHistory> journal, KeptHistory kept) {
    this.journal = journal;
    this.kept = kept;
  }

  /**
   * Some events of one record.
   *
   * @param journaled how many of them, from the first on, the journal still has
   * @param next where those after them begin; null when there are none
   */
  private record Piece(List<JournalEvent> events, int journaled, @Nullable String next) {}

  /** What happened to one record itself. */
  Page<JournalEvent> ofOne(Record record, String position, int limit) {
    Piece piece = piece(record.ref(), root(record), List.of(), position, limit);
    return new Page<>(piece.events(), piece.next(), null);
  }

  /**
   * What happened to records and to their activities, tasks and notes.
   *
   * @param matters only events of one of these; empty for all
   */
  Page<JournalEvent> around(
      List<RecordRef> refs, List<Matter> matters, String position, int limit) {
    if (refs.size() == 1 && !position.startsWith(SEVERAL)) {
      Piece piece = piece(refs.get(0), null, matters, position, limit);
      return new Page<>(piece.events(), piece.next(), null);
    }
    Map<RecordRef, String> positions = positions(refs, position);
    Map<RecordRef, Piece> pieces = new LinkedHashMap<>();
    positions.forEach((ref, place) -> pieces.put(ref, piece(ref, null, matters, place, limit)));
    Map<RecordRef, Integer> read = new HashMap<>();
    List<JournalEvent> events = new ArrayList<>();
    while (events.size() < limit) {
      RecordRef newest = newest(pieces, read);
      if (newest == null) {
        break;
      }
      int index = read.merge(newest, 1, Integer::sum) - 1;
      events.add(Objects.requireNonNull(pieces.get(newest)).events().get(index));
    }
    List<String> next = new ArrayList<>();
    pieces.forEach(
        (ref, piece) -> {
          String place = after(piece, read.getOrDefault(ref, 0), positions.get(ref));
          if (place != null) {
            next.add(ref.id() + "=" + place);
          }
        });
    return new Page<>(events, next.isEmpty() ? null : SEVERAL + String.join(";", next), null);
  }

  /** Where to read on in each record's events; those that are read to the end are left out. */
  private static Map<RecordRef, String> positions(List<RecordRef> refs, String position) {
    Map<RecordRef, String> positions = new LinkedHashMap<>();
    if (position.isEmpty()) {
      refs.forEach(ref -> positions.put(ref, ""));
    } else if (!position.startsWith(SEVERAL)) {
      // They were merged between two pages.
      positions.put(refs.get(0), position);
    } else {
      Map<String, String> places = new HashMap<>();
      for (String part : position.substring(SEVERAL.length()).split(";")) {
        int equals = part.indexOf('=');
        places.put(part.substring(0, equals), part.substring(equals + 1));
      }
      for (RecordRef ref : refs) {
        String place = places.get(Long.toString(ref.id()));
        if (place != null) {
          positions.put(ref, place);
        }
      }
    }
    return positions;
  }

  private static @Nullable RecordRef newest(
      Map<RecordRef, Piece> pieces, Map<RecordRef, Integer> read) {
    RecordRef newest = null;
    Instant at = Instant.MIN;
    for (Map.Entry<RecordRef, Piece> entry : pieces.entrySet()) {
      int index = read.getOrDefault(entry.getKey(), 0);
      List<JournalEvent> events = entry.getValue().events();
      if (index < events.size() && events.get(index).entry().at().isAfter(at)) {
        newest = entry.getKey();
        at = events.get(index).entry().at();
      }
    }
    return newest;
  }

  private @Nullable String after(Piece piece, int read, @Nullable String before) {
    if (read == piece.events().size()) {
      return piece.next();
    }
    if (read == 0) {
      return before;
    }
    JournalEvent last = piece.events().get(read - 1);
    return read <= piece.journaled() ? journal.getObject().after(last) : old(last);
  }

  /**
   * @param root the root of the one subject that is asked for; null for everything around the record
   */
  private Piece piece(
      RecordRef ref, @Nullable RecordRef root, List<Matter> matters, String position, int limit) {
    List<JournalEvent> events = new ArrayList<>();
    String next = null;
    if (!position.startsWith(OLD)) {
      JournalHistory history = journal.getObject();
      String place = position.isEmpty() ? null : position;
      Page<JournalEvent> page =
          root == null
              ? history.ofRoot(ref, matters, place, limit)
              : history.ofSubject(ref, root, place, limit);
      events.addAll(page.items());
      next = page.next();
    }
    int journaled = events.size();
    if (next == null && events.size() < limit) {
      int rest = limit - events.size();
      events.addAll(kept.read(ref, root == null, matters, place(position), rest));
    }
    if (next == null && events.size() == limit) {
      next = old(events.get(events.size() - 1));
    }
    return new Piece(events, journaled, next);
  }

  private static String old(JournalEvent last) {
    return OLD + " " + last.entry().at() + " " + last.partition() + " " + last.sequence();
  }

  private static KeptHistory.@Nullable Place place(String position) {
    if (!position.startsWith(OLD)) {
      return null;
    }
    String[] parts = position.split(" ", 4);
    return new KeptHistory.Place(
        Instant.parse(parts[1]), Integer.parseInt(parts[2]), Long.parseLong(parts[3]));
  }

  private static RecordRef root(Record record) {
    if (!record.ref().type().root()) {
      for (EntityType type : EntityType.ROOTS) {
        Long id = record.values().number(type.key());
        if (id != null) {
          return new RecordRef(type, id);
        }
      }
    }
    return record.ref();
  }
}
