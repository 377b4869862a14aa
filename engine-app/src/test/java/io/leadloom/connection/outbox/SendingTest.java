package io.leadloom.connection.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.connection.Deliveries.Channel;
import io.leadloom.connection.mailbox.Mailbox;
import io.leadloom.journal.JournalKind;
import io.leadloom.platform.RecordRef;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class SendingTest extends OutboxTest {

  @Autowired Mailbox mailbox;

  @Test
  void a_mail_lands_in_the_mailbox_and_the_journal_hears_of_it_while_no_server_is_set_up() {
    String key = key("mail");
    enqueue(
        message(
            key,
            Channel.EMAIL,
            "asha@example.com",
            "{\"subject\":\"Hello " + key + "\",\"text\":\"Hi\",\"html\":\"<p>Hi</p>\"}"));
    until(() -> status(key) == DeliveryStatus.DELIVERED);
    assertThat(mailbox.list(key, null, 10, false).items())
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.to()).isEqualTo("asha@example.com");
              assertThat(message.text()).isEqualTo("Hi");
              assertThat(message.html()).isEqualTo("<p>Hi</p>");
              assertThat(message.root()).isEqualTo(RecordRef.lead(42));
            });
    until(() -> !journal.of(key).isEmpty());
    assertThat(journal.of(key))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.kind()).isEqualTo(JournalKind.DELIVERED);
              assertThat(entry.root()).isEqualTo(RecordRef.lead(42));
              assertThat(entry.detail()).containsEntry("channel", "email");
              assertThat(entry.cause()).isEqualTo(CAUSE);
            });
  }

  @Test
  void a_number_that_is_none_fails_for_good() {
    String key = key("sms");
    enqueue(message(key, Channel.SMS, "98765", "{\"text\":\"Hi\"}"));
    until(() -> status(key) == DeliveryStatus.FAILED);
    assertThat(error(key)).contains("98765").contains("phone number");
    until(() -> !journal.of(key).isEmpty());
    assertThat(journal.of(key).get(0).kind()).isEqualTo(JournalKind.DELIVERY_FAILED);
  }

  @Test
  void nothing_is_sent_when_the_transaction_is_rolled_back() {
    String key = key("rolled");
    transaction.executeWithoutResult(
        status -> {
          deliveries.enqueue(
              List.of(message(key, Channel.SMS, "+919876543210", "{\"text\":\"Hi\"}")));
          status.setRollbackOnly();
        });
    assertThatThrownBy(() -> row(key)).hasMessageContaining("0");
  }

  @Test
  void a_known_key_is_left_alone_whatever_comes_with_it() {
    String key = key("twice");
    enqueue(message(key, Channel.SMS, "+919876543210", "{\"text\":\"first\"}"));
    enqueue(
        message(key, Channel.SMS, "+919876543210", "{\"text\":\"second\"}"),
        message(key, Channel.SMS, "+919876543210", "{\"text\":\"third\"}"));
    until(() -> status(key) == DeliveryStatus.DELIVERED);
    assertThat(row(key).get("body").toString()).contains("first");
  }

  @Test
  void keys_that_differ_in_letter_case_are_two_deliveries() {
    String key = key("case");
    enqueue(
        message(key + "a", Channel.SMS, "+919876543210", "{\"text\":\"a\"}"),
        message(key + "A", Channel.SMS, "+919876543210", "{\"text\":\"A\"}"));
    until(
        () ->
            status(key + "a") == DeliveryStatus.DELIVERED
                && status(key + "A") == DeliveryStatus.DELIVERED);
  }

  @Test
  void enqueueing_without_a_transaction_is_a_bug() {
    assertThatThrownBy(
            () -> deliveries.enqueue(List.of(message("k", Channel.SMS, "+919876543210", "{}"))))
        .isInstanceOf(IllegalStateException.class);
  }
}
