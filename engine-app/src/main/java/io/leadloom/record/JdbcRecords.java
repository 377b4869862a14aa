package io.leadloom.record;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.record.session.SessionParts;
import io.leadloom.record.store.RecordStore;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/** Records in tables, written through sessions. */
@Component
class JdbcRecords implements Records {

  private final SessionParts sessions;
  private final RecordStore store;
  private final RecordSearch search;
  private final Schemas schemas;
  private final WriteAttempts attempts;
  private final Rights rights;

  @Autowired
  JdbcRecords(
      SessionParts sessions,
      RecordStore store,
      RecordSearch search,
      Schemas schemas,
      PlatformTransactionManager transactions) {
    this.sessions = sessions;
    this.store = store;
    this.search = search;
    this.schemas = schemas;
    this.attempts = new WriteAttempts(transactions);
    this.rights = Rights.system();
  }

  private JdbcRecords(JdbcRecords door, Rights rights) {
    this.sessions = door.sessions;
    this.store = door.store;
    this.search = door.search;
    this.schemas = door.schemas;
    this.attempts = door.attempts;
    this.rights = rights;
  }

  @Override
  public Records as(Rights somebody) {
    return new JdbcRecords(this, somebody);
  }

  @Override
  public RecordSession open() {
    return sessions.open(rights);
  }

  @Override
  public List<WriteResult> write(List<RecordCommand> commands, Cause cause) {
    return attempts.run(
        () -> {
          RecordSession session = sessions.open(rights);
          List<WriteResult> results = session.applyAll(commands, cause);
          session.flush();
          return results;
        });
  }

  @Override
  public Created create(
      EntityType type,
      @Nullable String activityType,
      Values values,
      Set<String> tags,
      Cause cause) {
    return attempts.run(
        () -> {
          RecordSession session = sessions.open(rights);
          WriteResult created =
              session.apply(new RecordCommand.Create(type, activityType, values.copy()), cause);
          if (created instanceof WriteResult.Written written && !tags.isEmpty()) {
            WriteResult tagged =
                session.apply(new RecordCommand.AddTags(written.ref(), tags), cause);
            if (!(tagged instanceof WriteResult.Written)) {
              return new Created(tagged, null);
            }
          }
          session.flush();
          Record written = created instanceof WriteResult.Written done ? written(done.ref()) : null;
          return new Created(created, written);
        });
  }

  /** What was just written is answered, also when its new owner is out of the writer's reach. */
  private @Nullable Record written(RecordRef ref) {
    return store.load(ref.type(), List.of(ref.id()), schemas.current()).stream()
        .findFirst()
        .orElse(null);
  }

  @Override
  public Optional<Record> find(RecordRef ref) {
    return find(ref.type(), List.of(ref.id())).stream().findFirst();
  }

  @Override
  public List<Record> find(EntityType type, Collection<Long> ids) {
    return search.reached(type, ids, rights, Action.VIEW);
  }

  @Override
  public List<Record> findUnshared(EntityType type, Collection<Long> ids) {
    return search.owned(type, ids, rights, Action.VIEW);
  }

  @Override
  public boolean may(RecordRef ref, Action action) {
    return !search.reached(ref.type(), List.of(ref.id()), rights, action).isEmpty();
  }

  @Override
  public boolean mayUnshared(RecordRef ref, Action action) {
    return !search.owned(ref.type(), List.of(ref.id()), rights, action).isEmpty();
  }

  @Override
  public Page<Record> search(Search wanted) {
    return search.page(wanted, false, rights);
  }

  @Override
  public void check(EntityType type, Filter filter, Schema schema) {
    search.check(type, filter, schema, rights);
  }

  @Override
  public long count(EntityType type, Filter filter) {
    return search.count(type, filter, rights);
  }

  @Override
  public void eachId(EntityType type, Filter filter, int pageSize, Consumer<List<Long>> page) {
    search.eachId(type, filter, pageSize, page, rights);
  }
}
