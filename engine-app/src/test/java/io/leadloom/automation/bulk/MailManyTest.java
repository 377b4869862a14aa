package io.leadloom.automation.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.automation.Workshop;
import io.leadloom.automation.card.Cards;
import io.leadloom.automation.message.Composer;
import io.leadloom.connection.Deliveries;
import io.leadloom.identity.Users;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.BulkOperation;
import io.leadloom.record.Lists;
import io.leadloom.record.Record;
import io.leadloom.record.Records;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import io.leadloom.testing.MutableClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.support.TransactionTemplate;

/** Many long mails at once. */
@LeadloomTest
@Import(Workshop.class)
class MailManyTest {

  @Autowired TransactionTemplate transactions;
  @Autowired MutableClock clock;
  @Autowired Cards cards;
  @Autowired Schemas schemas;
  @Autowired FieldConversion conversion;
  @Autowired Users users;
  @Autowired Lists lists;
  @Autowired Records records;
  @Autowired AccountSettings account;

  @Test
  void theyAreHandedOnBeforeTheyFillTheMemory() {
    List<Long> slices = new ArrayList<>();
    List<String> keys = new ArrayList<>();
    Deliveries outbox =
        new Deliveries() {
          @Override
          public void enqueue(List<Request> requests) {
            slices.add(requests.stream().mapToLong(one -> one.body().length()).sum());
            requests.forEach(one -> keys.add(one.key()));
          }

          @Override
          public @Nullable String response(String key) {
            return null;
          }
        };
    MailMany mails =
        new MailMany(
            new Composer(
                cards,
                schemas,
                conversion,
                users,
                lists,
                records,
                account,
                nobody -> Optional.empty(),
                key -> ""),
            outbox);
    List<BulkOperation.Member> members = new ArrayList<>();
    for (int n = 0; n < 60; n++) {
      Values values = Values.of("email", "many-" + n + "@example.com");
      members.add(
          new BulkOperation.Member(
              n, new Record(RecordRef.lead(900_000 + n), 1, null, values, null)));
    }
    JsonNode settings =
        new ObjectMapper().valueToTree(Map.of("subject", "Long", "text", "x".repeat(200_000)));
    List<BulkOperation.Outcome> outcomes =
        mails.perform(
            new BulkOperation.Chunk(
                1,
                EntityType.LEAD,
                members,
                transactions.execute(status -> records.open()),
                Rights.account(),
                Cause.system("test"),
                clock.instant()),
            settings);
    assertThat(outcomes).hasSize(60).allMatch(BulkOperation.Done.class::isInstance);
    assertThat(keys).hasSize(60).doesNotHaveDuplicates();
    assertThat(slices).hasSizeGreaterThan(2).allMatch(characters -> characters < 5_500_000);
  }
}
