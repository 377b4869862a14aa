package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

@LeadloomTest
class SalesGroupTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;

  @Test
  void aGroupIsMadeChangedUsedAsAFilterAndDeletedAndGivesNoRights() {
    People people = new People(http, staff);
    Caller admin = people.admin();
    Somebody one = people.hire(null, Role.SALES);
    Somebody other = people.hire(null, Role.SALES);
    String name = "Group " + UUID.randomUUID();
    JsonNode made =
        admin
            .post(
                "/sales-groups",
                Map.of("name", name, "description", "North", "members", List.of(one.id())))
            .is(201)
            .json();
    String path = "/sales-groups/" + made.path("id").asLong();
    assertThat(made.path("active").asBoolean()).isTrue();
    admin.post("/sales-groups", Map.of("name", name.toUpperCase(java.util.Locale.ROOT))).is(422);
    admin.post("/sales-groups", Map.of("name", " ")).is(422).says("name", "characters");
    admin.post("/sales-groups", Map.of("name", "a\nb")).is(422).says("name", "on one line");
    admin.patch(path, Map.of("members", List.of(987_654_321L))).is(422).says("members", "existing");
    Map<String, Object> change =
        Map.of("version", 1, "members", List.of(one.id(), other.id()), "active", false);
    admin.patch(path, change).is(200);
    admin.patch(path, change).is(409);
    assertThat(admin.get("/users?group=" + made.path("id").asLong()).is(200).ids())
        .containsExactlyInAnyOrder(one.id(), other.id());
    assertThat(one.api().get("/sales-groups?active=true&limit=200").is(200).ids())
        .doesNotContain(made.path("id").asLong());
    long lead = admin.make("leads", Map.of("lastName", "L", "owner", other.id()));
    one.api().get("/leads/" + lead).is(404);
    one.api().patch(path, Map.of("active", true)).is(403);
    admin.delete(path).is(204);
    admin.get(path).is(404);
    JsonNode audit =
        admin
            .get("/audit?subjectKind=sales-group&subject=" + made.path("id").asLong())
            .is(200)
            .json()
            .path("items");
    assertThat(audit.findValuesAsText("action"))
        .containsExactly("sales-group.deleted", "sales-group.changed", "sales-group.created");
    assertThat(audit.findValuesAsText("name")).contains(name);
  }
}
