package io.leadloom.automation.message;

import io.leadloom.automation.card.CardRun;
import io.leadloom.connection.Deliveries;
import io.leadloom.identity.Users;
import io.leadloom.journal.JournalEntry;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.filter.Filter;
import io.leadloom.platform.filter.Operand;
import io.leadloom.platform.filter.Operator;
import io.leadloom.platform.html.MailSignature;
import io.leadloom.platform.permission.Action;
import io.leadloom.record.BulkOperation.Chunk;
import io.leadloom.record.Record;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.record.share.ShareBatch;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Values;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record that somebody sends a message to, as a sending card sees it; there is no run around it. */
public final class MessageRun implements CardRun {

  private static final int MOST_CONTACTS = 200;
  private static final List<String> REFUSES = List.of("doNotEmail", "doNotText");

  private final Chunk chunk;
  private final Record root;
  private final Parts parts;
  private final String key;
  private final List<Deliveries.Request> requests = new ArrayList<>();
  private String said = "Not sent";

  /**
   * A message to one record.
   *
   * @param key of what is delivered: the same for each try, so that nothing is sent twice
   */
  public MessageRun(Chunk chunk, Record root, Parts parts, String key) {
    this.key = key;
    this.chunk = chunk;
    this.root = root;
    this.parts = parts;
  }

  /** What all runs of a chunk share. */
  public record Parts(
      Records records,
      Users users,
      ZoneId zone,
      FieldConversion conversion,
      Schema schema,
      @Nullable MailSignature signature) {}

  /** What is to be sent. */
  public List<Deliveries.Request> requests() {
    return requests;
  }

  /** What the card had to say, such as why nothing is sent. */
  public String said() {
    return said;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public RecordRef root() {
    return root.ref();
  }

  @Override
  public RecordRef subject() {
    return root.ref();
  }

  @Override
  public Optional<Record> record(EntityType type) {
    if (type == root.ref().type()) {
      return Optional.of(root);
    }
    boolean linked = type == EntityType.CONTACT || type == EntityType.ACCOUNT;
    return linked && root.values().get(type.key()) instanceof Long id
        ? chunk
            .session()
            .get(new RecordRef(type, id))
            .filter(record -> record.trashedAt() == null)
            .map(record -> seen(record) ? record : refusal(record))
        : Optional.empty();
  }

  /** That somebody wants no messages holds for whoever sends; nothing else is known of who is out of reach. */
  private static Record refusal(Record record) {
    Values refuses = Values.none();
    for (String key : REFUSES) {
      Object refused = record.values().get(key);
      if (refused != null) {
        refuses.with(key, refused);
      }
    }
    return new Record(record.ref(), record.version(), record.activityType(), refuses, null);
  }

  /** What the sender does not see is not told to others either. */
  private boolean seen(Record record) {
    return chunk
        .rights()
        .owners(record.ref().type(), Action.VIEW)
        .reach(record.values().get("owner") instanceof Long owner ? owner : null);
  }

  @Override
  public Optional<Record> read(RecordRef ref) {
    return chunk.session().get(ref);
  }

  @Override
  public List<Record> contacts(RecordRef account) {
    Filter ofAccount =
        new Filter.Test(
            "account", Operator.EQUALS, List.of(new Operand.Literal(Long.toString(account.id()))));
    return parts
        .records()
        .as(chunk.rights())
        .search(
            new Records.Search(
                EntityType.CONTACT, ofAccount, Set.of(), null, true, null, MOST_CONTACTS, false))
        .items();
  }

  @Override
  public void deliver(Deliveries.Request delivery) {
    requests.add(delivery);
  }

  @Override
  public @Nullable MailSignature signature() {
    return parts.signature();
  }

  @Override
  public void note(String message) {
    said = message;
  }

  @Override
  public Cause cause() {
    return chunk.cause();
  }

  @Override
  public Instant now() {
    return chunk.now();
  }

  @Override
  public ZoneId zone() {
    return parts.zone();
  }

  @Override
  public Schema schema() {
    return parts.schema();
  }

  @Override
  public FieldConversion conversion() {
    return parts.conversion();
  }

  @Override
  public Users users() {
    return parts.users();
  }

  @Override
  public @Nullable Values response(String card) {
    return null;
  }

  @Override
  public List<Long> callers() {
    return List.of();
  }

  @Override
  public int visit() {
    return 1;
  }

  @Override
  public String card() {
    return "message";
  }

  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("A message that somebody sends is no run");
  }

  @Override
  public long runId() {
    throw none();
  }

  @Override
  public long automationId() {
    throw none();
  }

  @Override
  public WriteResult apply(RecordCommand command) {
    throw none();
  }

  @Override
  public ShareBatch shares() {
    throw none();
  }

  @Override
  public void announce(JournalEntry entry) {
    throw none();
  }

  @Override
  public void notify(long userId, String subject, String text) {
    throw none();
  }

  @Override
  public void created(RecordRef task) {
    throw none();
  }

  @Override
  public @Nullable RecordRef createdBy(String card) {
    return null;
  }

  @Override
  public long takeTurn() {
    throw none();
  }

  @Override
  public long leastLoaded(List<Long> among) {
    throw none();
  }
}
