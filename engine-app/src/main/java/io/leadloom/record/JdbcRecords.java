package io.leadloom.record;

import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.Page;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.record.session.SessionParts;
import io.leadloom.record.store.RecordStore;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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
  }

  @Override
  public RecordSession open() {
    return sessions.open();
  }

  @Override
  public List<WriteResult> write(List<RecordCommand> commands, Cause cause) {
    return attempts.run(
        () -> {
          RecordSession session = sessions.open();
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
          RecordSession session = sessions.open();
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
          Record written =
              created instanceof WriteResult.Written done ? find(done.ref()).orElse(null) : null;
          return new Created(created, written);
        });
  }

  @Override
  public Optional<Record> find(RecordRef ref) {
    return store.load(ref.type(), List.of(ref.id()), schemas.current()).stream().findFirst();
  }

  @Override
  public Page<Record> search(Search wanted) {
    return search.page(wanted, false);
  }

  @Override
  public void check(EntityType type, Filter filter, Schema schema) {
    search.check(type, filter, schema);
  }

  @Override
  public long count(EntityType type, Filter filter) {
    return search.count(type, filter);
  }

  @Override
  public void eachId(EntityType type, Filter filter, int pageSize, Consumer<List<Long>> page) {
    search.eachId(type, filter, pageSize, page);
  }
}
