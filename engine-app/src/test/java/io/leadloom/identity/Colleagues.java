package io.leadloom.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.boot.test.web.client.TestRestTemplate;

/** Users with logins of their own who sign in, and what the audit trail notes about them. */
record Colleagues(TestRestTemplate http, Staff staff) {

  static final String PASSWORD = "vier Pferde trinken Tee";

  Account hire() {
    return staff.create(
        new Staff.NewAccount(
            "c" + UUID.randomUUID(),
            "Colleague",
            null,
            null,
            PASSWORD,
            Set.of(Role.SALES),
            null,
            null,
            null));
  }

  /** What was done to a user, newest first. */
  List<String> noted(Account account) {
    return http.withBasicAuth("admin", "leadloom")
        .getForObject(
            "/api/v1/audit?limit=200&subjectKind=user&subject=" + account.id(), JsonNode.class)
        .path("items")
        .findValuesAsText("action");
  }
}
