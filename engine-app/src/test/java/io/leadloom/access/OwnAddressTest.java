package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** An e-mail address that a user has entered himself is worth nothing until somebody else vouches for it. */
@LeadloomTest
class OwnAddressTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private Caller admin;
  private Somebody sales;
  private String address;

  @BeforeEach
  void hire() {
    People people = new People(http, staff);
    admin = people.admin();
    sales = people.hire(null, Role.SALES);
    address = "own-" + UUID.randomUUID() + "@example.com";
  }

  private void enter(Somebody somebody, String email) {
    JsonNode profile = somebody.api().get("/profile").is(200).json();
    somebody
        .api()
        .put(
            "/profile",
            Map.of(
                "version",
                profile.path("version").asInt(),
                "name",
                profile.path("name").asText(),
                "email",
                email,
                "password",
                somebody.api().password()))
        .is(200);
  }

  private Caller.Answer send(String choices, String... lines) {
    try {
      var response =
          http.perform(
                  MockMvcRequestBuilders.post(URI.create("/api/v1/users/imports?" + choices))
                      .with(httpBasic(admin.login(), admin.password()))
                      .contentType("text/csv")
                      .content(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)))
              .andReturn()
              .getResponse();
      return new Caller.Answer(
          response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private JsonNode shown(long id) {
    return admin.get("/users/" + id).is(200).json();
  }

  @Test
  void anImportGivesNothingToWhoeverHasEnteredTheAddressOfSomebodyElse() {
    enter(sales, address);
    String[] file = {"email,name,roles", address + ",New Manager,crm_manager"};
    JsonNode refused = send("preview=false&existing=update&partial=true", file).is(200).json();
    assertThat(refused.path("refused").asInt()).isOne();
    assertThat(refused.at("/rows/0/violations")).hasSize(1);
    assertThat(refused.at("/rows/0/violations/0/expectation").asText())
        .contains("nobody has confirmed it");
    assertThat(staff.account(sales.id()).roles()).containsExactly(Role.SALES);
    admin.put("/users/" + sales.id() + "/confirmed-email", Map.of("email", address)).is(200);
    assertThat(send("preview=false&existing=update", file).is(200).json().path("updated").asInt())
        .isOne();
    assertThat(staff.account(sales.id()).roles()).containsExactly(Role.MANAGER);
  }

  @Test
  void nobodyComesToStandAboveOthersByTheAddressOfTheirSuperior() {
    enter(sales, address);
    String low = "low-" + address;
    JsonNode refused =
        send("preview=false&partial=true", "email,name,superior", low + ",Low," + address)
            .is(200)
            .json();
    assertThat(refused.at("/rows/0/violations/0/field").asText()).isEqualTo("superior");
    // Also when the superior stands in the file, too, and the row is refused.
    JsonNode both =
        send(
                "preview=false&existing=update&partial=true",
                "email,name,superior",
                low + ",Low," + address,
                address + ",Boss,")
            .is(200)
            .json();
    assertThat(both.path("refused").asInt()).isEqualTo(2);
    assertThat(staff.accounts()).noneMatch(account -> low.equals(account.email()));
  }

  @Test
  void whoseAddressIsVouchedForIsFoundThoughSomebodyElseHasEnteredItToo() {
    Somebody other = new People(http, staff).hire(null, Role.AGENT);
    enter(sales, address);
    // Whoever administers users does not have to know what others have entered.
    admin.patch("/users/" + other.id(), Map.of("email", address)).is(200);
    JsonNode done =
        send("preview=false&existing=update", "email,name", address + ",Renamed").is(200).json();
    assertThat(done.path("updated").asInt()).isOne();
    assertThat(staff.account(other.id()).name()).isEqualTo("Renamed");
    assertThat(staff.account(sales.id()).name()).isNotEqualTo("Renamed");
  }

  @Test
  void administratorsSeeWhatIsNotConfirmedAndVouchForExactlyThat() {
    assertThat(shown(sales.id()).path("emailConfirmed").isNull()).isTrue();
    enter(sales, address);
    assertThat(shown(sales.id()).path("emailConfirmed").asBoolean()).isFalse();
    assertThat(sales.api().get("/users/" + sales.id()).json().path("emailConfirmed").isNull())
        .isTrue();
    String path = "/users/" + sales.id() + "/confirmed-email";
    admin.put(path, Map.of("email", "before@example.com")).is(409);
    admin.put(path, Map.of()).is(409);
    assertThat(shown(sales.id()).path("emailConfirmed").asBoolean()).isFalse();
    assertThat(
            admin
                .put(path, Map.of("email", address.toUpperCase(java.util.Locale.ROOT)))
                .is(200)
                .json()
                .path("emailConfirmed")
                .asBoolean())
        .isTrue();
    assertThat(admin.get("/audit?limit=20&text=" + sales.api().login()).json().toString())
        .contains("user.email-confirmed");
    enter(sales, "again-" + address);
    assertThat(shown(sales.id()).path("emailConfirmed").asBoolean()).isFalse();
  }

  @Test
  void anotherLetterCaseIsTheSameAddress() {
    admin.patch("/users/" + sales.id(), Map.of("email", address)).is(200);
    admin.post("/users/" + sales.id() + "/invitation").is(202);
    JsonNode before = shown(sales.id());
    admin
        .patch("/users/" + sales.id(), Map.of("email", address.toUpperCase(java.util.Locale.ROOT)))
        .is(200);
    JsonNode after = shown(sales.id());
    assertThat(after.path("email").asText()).isEqualTo(address.toUpperCase(java.util.Locale.ROOT));
    assertThat(after.path("invitedAt")).isEqualTo(before.path("invitedAt"));
  }

  @Test
  void nobodyVouchesForTheOwnAddressOrSetsTheOwnPasswordByChangingUsers() {
    Map<String, ?> users = Map.of("sections", Map.of("users", Map.of("edit", "all")));
    admin.put("/users/" + sales.id() + "/permissions", Map.of("exceptions", users)).is(200);
    admin.patch("/users/" + sales.id(), Map.of("email", address)).is(200);
    for (Somebody own :
        new Somebody[] {sales, new People(http, staff).hire(null, Role.ADMINISTRATOR)}) {
      String path = "/users/" + own.id();
      own.api().patch(path, Map.of("email", "my-" + address)).is(422).says("email", "own profile");
      own.api()
          .patch(path, Map.of("password", "long enough 123"))
          .is(422)
          .says("password", "own profile");
      own.api().patch(path, Map.of("name", "Still myself")).is(200);
    }
    sales.api().patch("/users/" + sales.id(), Map.of("email", address)).is(200);
    sales.api().patch("/users/" + sales.id(), Map.of("email", "")).is(422);
    assertThat(staff.account(sales.id()).email()).isEqualTo(address);
    Somebody king = new People(http, staff).hire(null, Role.ADMINISTRATOR);
    enter(king, "king-" + address);
    king.api()
        .put("/users/" + king.id() + "/confirmed-email", Map.of("email", "king-" + address))
        .is(422)
        .says("email", "link by mail");
    admin
        .put("/users/" + king.id() + "/confirmed-email", Map.of("email", "king-" + address))
        .is(200);
  }
}
