package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Account;
import io.leadloom.identity.Staff;
import io.leadloom.testing.LeadloomTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

/** The largest file of users, in a database where so many are in nobody's way. */
@LeadloomTest(properties = "leadloom.test.database=large-user-import")
class LargeUserImportTest {

  private static final int MOST = 5_000;

  @Autowired MockMvc http;
  @Autowired Staff staff;

  private Caller.Answer send(String preview, String file) throws Exception {
    MockHttpServletResponse response =
        http.perform(
                MockMvcRequestBuilders.post(URI.create("/api/v1/users/imports?preview=" + preview))
                    .with(httpBasic("admin", "leadloom"))
                    .contentType("text/csv")
                    .content(file.getBytes(StandardCharsets.UTF_8)))
            .andReturn()
            .getResponse();
    return new Caller.Answer(
        response.getStatus(), response.getContentAsString(StandardCharsets.UTF_8));
  }

  @Test
  void fiveThousandRowsAreTakenAndOneMoreIsNot() throws Exception {
    StringBuilder lines = new StringBuilder("email,name,roles,superior\n");
    for (int i = 0; i < MOST; i++) {
      String superior = i == 0 ? "" : "u" + (i / 10) + "@x.example";
      lines.append("u" + i + "@x.example,User " + i + ",crm_sales," + superior + "\n");
    }
    String file = lines.toString();
    int before = staff.accounts().size();
    JsonNode seen = send("true", file).is(200).json();
    assertThat(seen.path("created").asInt()).isEqualTo(MOST);
    assertThat(seen.path("rows")).hasSize(MOST);
    String more = file + "v@x.example,V,,\n";
    send("true", more).is(422).says("file", MOST + " rows");
    send("false", more).is(422).says("file", MOST + " rows");
    assertThat(staff.accounts()).hasSize(before);
    JsonNode done = send("false", file).is(200).json();
    assertThat(done.path("created").asInt()).isEqualTo(MOST);
    assertThat(staff.accounts()).hasSize(before + MOST);
    Account top = account("u0@x.example");
    assertThat(staff.roster().below(top.id())).hasSize(MOST - 1);
    assertThat(account("u4999@x.example").reportsTo()).isEqualTo(account("u499@x.example").id());
  }

  private Account account(String login) {
    return staff.accounts().stream()
        .filter(account -> account.login().equals(login))
        .findFirst()
        .orElseThrow();
  }
}
