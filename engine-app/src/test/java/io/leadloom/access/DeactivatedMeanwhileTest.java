package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.access.People.Somebody;
import io.leadloom.automation.Bpmn;
import io.leadloom.automation.definition.Publishing;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.platform.audit.ActingPrincipal;
import io.leadloom.testing.LeadloomTest;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.test.web.servlet.MockMvc;

/** Whoever is deactivated while a request of his is under way is nobody then, and not Leadloom itself. */
@LeadloomTest
class DeactivatedMeanwhileTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired Publishing publishing;

  private Caller admin;
  private Somebody delegate;

  @BeforeEach
  void hire() {
    People people = new People(http, staff);
    admin = people.admin();
    delegate = people.hire(null, Role.SALES);
    admin
        .put(
            "/users/" + delegate.id() + "/permissions",
            Map.of(
                "exceptions",
                Map.of("sections", Map.of("users", Map.of("create", "all", "edit", "all")))))
        .is(200);
  }

  private void deactivate(long id) {
    staff.change(
        id, new Staff.AccountChange(null, null, null, null, null, null, false, null, null, null));
  }

  /** A call that may be made when it begins, and before whose body arrives something happens elsewhere. */
  private Caller.Answer call(String method, String path, Map<String, ?> body, Runnable meanwhile) {
    try {
      var response =
          http.perform(context -> new SlowRequest(context, method, path, body, meanwhile))
              .andReturn()
              .getResponse();
      return new Caller.Answer(
          response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private final class SlowRequest extends MockHttpServletRequest {

    private @Nullable Runnable meanwhile;

    SlowRequest(
        ServletContext context,
        String method,
        String path,
        Map<String, ?> body,
        Runnable meanwhile) {
      super(context, method, "/api/v1" + path);
      this.meanwhile = meanwhile;
      setServletPath("/api/v1" + path);
      setContentType("application/json");
      setContent(bytes(body));
      HttpHeaders basic = new HttpHeaders();
      basic.setBasicAuth(delegate.api().login(), delegate.api().password());
      addHeader(HttpHeaders.AUTHORIZATION, basic.getFirst(HttpHeaders.AUTHORIZATION));
    }

    @Override
    public ServletInputStream getInputStream() {
      if (meanwhile != null) {
        // On a thread of its own, which nobody is signed in on.
        CompletableFuture.runAsync(meanwhile).join();
        meanwhile = null;
      }
      return super.getInputStream();
    }
  }

  private static byte[] bytes(Map<String, ?> body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> newcomer(String login, String role) {
    return Map.of(
        "login", login, "name", "New", "password", "long enough 1", "roles", List.of(role));
  }

  @Test
  void nobodyMakesAnAdministratorInTheRequestInWhichHeIsDeactivated() {
    String login = "new-" + UUID.randomUUID();
    call("POST", "/users", newcomer(login, "crm_sales"), () -> {}).is(201);
    String king = "king-" + login;
    call("POST", "/users", newcomer(king, "crm_admin"), () -> deactivate(delegate.id())).is(403);
    assertThat(staff.accounts()).noneMatch(account -> account.login().equals(king));
  }

  @Test
  void nobodyTakesAnAccountOverInTheRequestInWhichHeIsDeactivated() {
    long king = new People(http, staff).hire(null, Role.ADMINISTRATOR).id();
    call(
            "PATCH",
            "/users/" + king,
            Map.of("password", "taken over 123"),
            () -> deactivate(delegate.id()))
        .is(403);
    long own = delegate.id();
    staff.change(
        own, new Staff.AccountChange(null, null, null, null, null, null, true, null, null, null));
    call("PATCH", "/users/" + own, Map.of("roles", List.of("crm_admin")), () -> deactivate(own))
        .is(403);
    assertThat(staff.account(own).administrator()).isFalse();
  }

  @Test
  void nobodyWritesRawRulesWhenHeHasBeenDeactivated() {
    Bpmn bpmn =
        Bpmn.automation("raw-" + UUID.randomUUID())
            .trigger("{\"type\":\"lead.created\"}")
            .choice("which")
            .end("yes")
            .end("no")
            .path("start", "which")
            .when("which", "yes", "{\"drl\":\"Lead(city == \\\"Pune\\\")\"}")
            .otherwise("which", "no");
    long id = publishing.create(null, null, bpmn.xml()).id();
    assertThat(publishing.look(id, null).problems()).isEmpty();
    deactivate(delegate.id());
    SecurityContextHolder.getContext()
        .setAuthentication(
            UsernamePasswordAuthenticationToken.authenticated(
                new Gone(delegate.id(), delegate.api().login()), null, List.of()));
    try {
      assertThat(publishing.look(id, null).problems())
          .singleElement()
          .satisfies(problem -> assertThat(problem.field()).isEqualTo("drl"));
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  private record Gone(long id, String login) implements ActingPrincipal {}

  @Test
  void anAdministratorMayEndTheOwnAccountTogetherWithItsTeams() {
    People people = new People(http, staff);
    Somebody other = people.hire(null, Role.ADMINISTRATOR);
    long team =
        admin
            .post("/teams", Map.of("name", "T" + other.id(), "members", List.of(other.id())))
            .is(201)
            .id();
    other.api().patch("/users/" + other.id(), Map.of("active", false, "teams", List.of())).is(200);
    assertThat(staff.teams())
        .filteredOn(one -> one.id() == team)
        .allMatch(one -> one.members().isEmpty());
  }
}
