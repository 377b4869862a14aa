package io.leadloom.record.imports.undo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Utc;
import io.leadloom.record.BulkOperation.Traces;
import io.leadloom.record.Record;
import io.leadloom.record.RecordSession.Change;
import io.leadloom.record.RecordsErased;
import io.leadloom.record.bulk.Documents;
import io.leadloom.record.bulk.ImportTraces;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The traces of imports, one packed row per chunk; kept for 30 days after the end of the import. */
@Component
public class StoredTraces implements ImportTraces {

  /** For so long after its end an import can be taken back. */
  public static final Duration KEPT = Duration.ofDays(30);

  private static final String RECORDS = "records";
  private static final int PIECE = 200;
  private static final Set<String> BOOKKEEPING =
      Set.of("createdAt", "createdBy", "updatedAt", "updatedBy");

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;
  private final Schemas schemas;
  private final Clock clock;

  StoredTraces(
      JdbcTemplate jdbc, PlatformTransactionManager transactions, Schemas schemas, Clock clock) {
    this.schemas = schemas;
    this.jdbc = jdbc;
    this.transaction = new TransactionTemplate(transactions);
    this.clock = clock;
  }

  /**
   * Keeps what one chunk of an import does; part of its transaction.
   *
   * @param entity what the rows become
   * @param place greater than those of the chunks before
   * @param changes what the session of the chunk has changed, before it is flushed
   */
  public void keep(long importId, EntityType entity, long place, List<Change> changes) {
    ObjectNode body = Documents.object();
    ObjectNode records = body.putObject(RECORDS);
    List<Long> ids = new ArrayList<>();
    ObjectNode contacts = body.putObject("contacts");
    Schema schema = schemas.current();
    for (Change change : changes) {
      EntityType type = change.after().ref().type();
      String id = Long.toString(change.after().ref().id());
      if (type == entity) {
        records.set(id, trace(change, schema));
        ids.add(change.after().ref().id());
      } else if (type == EntityType.CONTACT && change.before() == null) {
        contacts.set(id, trace(change, schema));
      }
    }
    if (!records.isEmpty()) {
      jdbc.update(
          "insert into import_trace (import_id, place, body, low_id, high_id) values (?, ?, ?, ?, ?)",
          importId,
          place,
          packed(Documents.write(body)),
          Collections.min(ids),
          Collections.max(ids));
    }
  }

  private static ObjectNode trace(Change change, Schema schema) {
    ObjectNode trace = Documents.object();
    trace.put("version", change.after().version());
    Record before = change.before();
    if (before != null) {
      ObjectNode fields = trace.putObject("fields");
      Set<String> keys = new LinkedHashSet<>(before.values().keys());
      keys.addAll(change.after().values().keys());
      for (String key : keys) {
        Object was = before.values().get(key);
        Object is = change.after().values().get(key);
        if (!Objects.equals(was, is) && !derived(change.after(), key)) {
          Field field = schema.field(change.after().ref().type(), key).orElse(null);
          if (field != null && field.readOnly()) {
            // It follows from what is put back.
            continue;
          }
          fields
              .putObject(key)
              .<ObjectNode>set("was", Documents.kept(field, was))
              .set("is", Documents.kept(field, is));
        }
      }
    }
    return trace;
  }

  private static boolean derived(Record record, String key) {
    return BOOKKEEPING.contains(key)
        || key.equals("name") && record.ref().type() != EntityType.ACCOUNT;
  }

  static byte[] packed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Deflater fast = new Deflater(Deflater.BEST_SPEED);
    try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, fast)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      fast.end();
    }
    return bytes.toByteArray();
  }

  private static String unpacked(byte[] body) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(body))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable Traces next(long importId, long after) {
    return jdbc
        .query(
            "select place, body from import_trace where import_id = ? and place > ? order by place limit 1",
            (row, n) -> traces(row.getLong(1), Documents.read(unpacked(row.getBytes(2)))),
            importId,
            after)
        .stream()
        .findFirst()
        .orElse(null);
  }

  private static Traces traces(long place, JsonNode body) {
    Map<Long, JsonNode> beside = new LinkedHashMap<>();
    byId(body.path("contacts")).forEach((id, trace) -> beside.put(-id, trace));
    return new Traces(place, byId(body.path(RECORDS)), beside);
  }

  private static Map<Long, JsonNode> byId(JsonNode traces) {
    Map<Long, JsonNode> byId = new LinkedHashMap<>();
    traces.properties().forEach(one -> byId.put(Long.valueOf(one.getKey()), one.getValue()));
    return byId;
  }

  /**
   * Takes what imports have changed in records that are erased for good out of the traces. Those of contacts that an import
   * made beside its rows tell nothing of them.
   */
  @EventListener
  void erased(RecordsErased erased) {
    if (erased.ids().isEmpty()) {
      return;
    }
    List<Place> places =
        jdbc.query(
            "select t.import_id, t.place from import_trace t join import_job j on j.id = t.import_id"
                + " where j.traced = true and j.entity = ? and (t.low_id is null or t.low_id <= ? and t.high_id >= ?)"
                + " order by t.import_id, t.place",
            (row, n) -> new Place(row.getLong(1), row.getLong(2)),
            erased.type().name(),
            Collections.max(erased.ids()),
            Collections.min(erased.ids()));
    Set<String> keys = new HashSet<>();
    erased.ids().forEach(id -> keys.add(id.toString()));
    places.forEach(place -> forget(place, keys));
  }

  private record Place(long importId, long place) {}

  /** Another one may be taking other records out of the same row: it is read anew under its lock. */
  private void forget(Place place, Set<String> keys) {
    JsonNode seen = read(place, "");
    if (seen == null || keys.stream().noneMatch(seen.path(RECORDS)::has)) {
      return;
    }
    JsonNode body = read(place, " for update");
    if (body != null && body.path(RECORDS) instanceof ObjectNode traces) {
      traces.remove(keys);
      jdbc.update(
          "update import_trace set body = ? where import_id = ? and place = ?",
          packed(Documents.write(body)),
          place.importId(),
          place.place());
    }
  }

  private @Nullable JsonNode read(Place place, String lock) {
    return jdbc
        .query(
            "select body from import_trace where import_id = ? and place = ?" + lock,
            (row, n) -> Documents.read(unpacked(row.getBytes(1))),
            place.importId(),
            place.place())
        .stream()
        .findFirst()
        .orElse(null);
  }

  /** Forgets what is too old to be taken back, a piece at a time. */
  public void forgetOld() {
    List<Long> old =
        transaction.execute(
            tx ->
                jdbc.queryForList(
                    "select id from import_job where traced = true and ended_at < ?",
                    Long.class,
                    Utc.column(clock.instant().minus(KEPT))));
    for (Long id : old == null ? List.<Long>of() : old) {
      Integer deleted;
      do {
        deleted =
            transaction.execute(
                tx ->
                    jdbc.update("delete from import_trace where import_id = ? limit " + PIECE, id));
      } while (deleted != null && deleted == PIECE);
      transaction.executeWithoutResult(
          tx -> jdbc.update("update import_job set traced = false where id = ?", id));
    }
  }
}
