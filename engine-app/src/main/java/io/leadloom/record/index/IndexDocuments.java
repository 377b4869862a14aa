package io.leadloom.record.index;

import io.leadloom.platform.EntityType;
import io.leadloom.record.Record;
import io.leadloom.record.store.EntityTable;
import io.leadloom.record.store.RecordStore;
import io.leadloom.record.store.Sql;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.StaleSchemaException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.StringField;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads records as they are in the database and makes what the index keeps of them. */
final class IndexDocuments {

  private static final Logger LOG = LoggerFactory.getLogger(IndexDocuments.class);

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transaction;

  /** So many records of one step may be left out when they cannot be read. */
  private static final int MOST_UNREAD = 10;

  private final RecordStore store;
  private final Schemas schemas;

  IndexDocuments(
      JdbcTemplate jdbc, TransactionTemplate transaction, RecordStore store, Schemas schemas) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.store = store;
    this.schemas = schemas;
  }

  /** The entries of these records; those that are gone, in the trash or cannot be read have none. */
  List<RecordIndex.Entry> of(EntityType type, Collection<Long> ids, RecordIndex index) {
    try {
      return together(type, ids, index);
    } catch (DataAccessException | TransactionException e) {
      throw e;
    } catch (RuntimeException e) {
      return apart(type, List.copyOf(ids), index, e);
    }
  }

  /**
   * One record that cannot be read must not keep the others out of the index. When several cannot, it is not the records:
   * an index without them would be believed, so there is none.
   */
  private List<RecordIndex.Entry> apart(
      EntityType type, List<Long> ids, RecordIndex index, RuntimeException e) {
    Set<Long> unread = new LinkedHashSet<>();
    List<RecordIndex.Entry> entries = halves(type, ids, index, e, unread);
    if (unread.size() > 1 && unread.size() == ids.size()) {
      throw e;
    }
    LOG.error("{} {} cannot be read; searches by the index miss them", type.path(), unread, e);
    return entries;
  }

  private List<RecordIndex.Entry> halves(
      EntityType type, List<Long> ids, RecordIndex index, RuntimeException e, Set<Long> unread) {
    if (ids.size() <= 1) {
      unread.addAll(ids);
      if (unread.size() > MOST_UNREAD) {
        throw e;
      }
      return ids.stream().map(id -> new RecordIndex.Entry(id, null)).toList();
    }
    int half = ids.size() / 2;
    List<RecordIndex.Entry> entries = new ArrayList<>();
    for (List<Long> part : List.of(ids.subList(0, half), ids.subList(half, ids.size()))) {
      try {
        entries.addAll(together(type, part, index));
      } catch (DataAccessException | TransactionException notTheRecords) {
        throw notTheRecords;
      } catch (RuntimeException again) {
        entries.addAll(halves(type, part, index, again, unread));
      }
    }
    return entries;
  }

  private List<RecordIndex.Entry> together(
      EntityType type, Collection<Long> ids, RecordIndex index) {
    Map<Long, Document> documents = new HashMap<>();
    read(
        () -> {
          documents.clear();
          Schema schema = schemas.current();
          index.reads(type, schema);
          documents.putAll(documents(type, store.load(type, ids, schema), schema));
        });
    List<RecordIndex.Entry> entries = new ArrayList<>(ids.size());
    ids.forEach(id -> entries.add(new RecordIndex.Entry(id, documents.get(id))));
    return entries;
  }

  /** Tells an index by which schema it would be written now. */
  void tell(EntityType type, RecordIndex index) {
    index.reads(type, schemas.current());
  }

  /** Whether it is worth filling anew, because searches may name a field that it has not. */
  boolean lacksAny(EntityType type, RecordIndex index) {
    return index.lacksAny(type, schemas.current());
  }

  /** The next live records after an id, in the order of ids. */
  List<RecordIndex.Entry> after(EntityType type, long id, int most, RecordIndex index) {
    try {
      return next(type, id, most, index);
    } catch (DataAccessException | TransactionException e) {
      throw e;
    } catch (RuntimeException e) {
      List<Long> ids =
          jdbc.queryForList(
              "select id from "
                  + EntityTable.name(type)
                  + " where id > ? and trashed_at is null order by id limit ?",
              Long.class,
              id,
              most);
      return apart(type, ids, index, e);
    }
  }

  private List<RecordIndex.Entry> next(EntityType type, long id, int most, RecordIndex index) {
    List<RecordIndex.Entry> entries = new ArrayList<>(most);
    read(
        () -> {
          entries.clear();
          Schema schema = schemas.current();
          index.reads(type, schema);
          List<Record> records =
              store.select(
                  type,
                  schema,
                  "where r.id > ? and r.trashed_at is null order by r.id limit ?",
                  id,
                  most);
          Map<Long, Document> documents = documents(type, records, schema);
          for (Record record : records) {
            long found = record.ref().id();
            entries.add(new RecordIndex.Entry(found, documents.get(found)));
          }
        });
    return entries;
  }

  /** In a transaction that might write, so that a value of a field that this node does not know yet is noticed. */
  private void read(Runnable work) {
    try {
      transaction.executeWithoutResult(status -> work.run());
    } catch (StaleSchemaException e) {
      transaction.executeWithoutResult(status -> work.run());
    }
  }

  private Map<Long, Document> documents(EntityType type, List<Record> records, Schema schema) {
    Map<Long, Document> documents = new HashMap<>();
    for (Record record : records) {
      if (record.trashedAt() == null) {
        documents.put(record.ref().id(), document(type, record, schema));
      }
    }
    mark(documents, RecordIndex.TAG, "select record_id, tag_id from record_tag", type);
    mark(documents, RecordIndex.LIST, "select record_id, list_id from list_member", type);
    return documents;
  }

  private static Document document(EntityType type, Record record, Schema schema) {
    Document document = new Document();
    long id = record.ref().id();
    document.add(new StringField(RecordIndex.KEY, Long.toString(id), Store.NO));
    document.add(new LongField(RecordIndex.ID, id, Store.NO));
    for (Field field : schema.fields(type)) {
      Object value = KeptFields.searchable(field) ? record.values().get(field.key()) : null;
      if (value != null) {
        IndexedField.add(document, field, value);
      }
    }
    return document;
  }

  private void mark(Map<Long, Document> documents, String name, String select, EntityType type) {
    Sql.pieces(
        documents.keySet(),
        piece -> {
          List<Object> arguments = new ArrayList<>(piece);
          arguments.add(EntityTable.code(type));
          jdbc.query(
              select + " where record_id in (" + Sql.marks(piece.size()) + ") and entity = ?",
              row -> {
                Document document = documents.get(row.getLong(1));
                if (document != null) {
                  document.add(new StringField(name, row.getString(2), Store.NO));
                }
              },
              arguments.toArray());
        });
  }
}
