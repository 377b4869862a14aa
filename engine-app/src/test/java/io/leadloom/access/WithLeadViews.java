package io.leadloom.access;

import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Tests in which an administrator makes details views for a salesperson; none of them is left behind. */
abstract class WithLeadViews {

  static final Map<String, Object> HISTORY = Map.of("key", "history", "kind", "system");

  @Autowired MockMvc http;
  @Autowired Staff staff;

  final String mark = UUID.randomUUID().toString().substring(0, 8);
  final List<Long> made = new ArrayList<>();
  Caller admin;
  Somebody ravi;

  @BeforeEach
  void hire() {
    People people = new People(http, staff);
    admin = people.admin();
    ravi = people.hire(null, Role.SALES);
  }

  @AfterEach
  void leaveNoView() {
    made.forEach(id -> admin.delete("/lead-views/" + id));
  }

  Caller.Answer create(Map<String, ?> layout) {
    Caller.Answer answer =
        admin.post("/lead-views", Map.of("name", "View " + mark + made.size(), "layout", layout));
    if (answer.status() == 201) {
      made.add(answer.id());
    }
    return answer;
  }
}
