package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import io.leadloom.record.file.RecordFiles;
import io.leadloom.testing.LeadloomTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Files of records and attachments of notes (LEAD-121, LEAD-122, PLT-059). */
@LeadloomTest
class FilesTest {

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired JdbcTemplate jdbc;

  private Somebody ravi;
  private Somebody mia;
  private long lead;

  @BeforeEach
  void hire() {
    People people = new People(http, staff);
    ravi = people.hire(null, Role.SALES);
    mia = people.hire(null, Role.SALES);
    lead = ravi.api().make("leads", Map.of("lastName", "Files"));
  }

  private Caller.Answer upload(Caller by, String to, String name, byte[] content) {
    try {
      MockHttpServletResponse answer =
          http.perform(
                  post("/api/v1/" + to + "/files")
                      .queryParam("name", name)
                      .with(httpBasic(by.login(), by.password()))
                      .contentType("application/octet-stream")
                      .content(content))
              .andReturn()
              .getResponse();
      return new Caller.Answer(
          answer.getStatus(), answer.getContentAsString(StandardCharsets.UTF_8));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private MockHttpServletResponse read(Caller by, long file, String how) {
    try {
      return http.perform(
              get("/api/v1/files/" + file + how).with(httpBasic(by.login(), by.password())))
          .andReturn()
          .getResponse();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(int length, String head) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(first, 0, bytes, 0, first.length);
    return bytes;
  }

  @Test
  void LEAD_122_aFileOfManyPiecesComesBackAsItWasAndOnlyToBeSaved() {
    byte[] offer = bytes(1_500_000, "an offer");
    long id = upload(ravi.api(), "leads/" + lead, "Angebot für Müller.docx", offer).is(201).id();

    MockHttpServletResponse read = read(ravi.api(), id, "?inline=true");
    assertThat(read.getContentAsByteArray()).isEqualTo(offer);
    assertThat(read.getContentType()).isEqualTo("application/octet-stream");
    assertThat(read.getHeader("Content-Disposition"))
        .startsWith("attachment")
        .contains("M%C3%BCller");
    assertThat(read.getHeader("Content-Security-Policy")).contains("sandbox");
    assertThat(read.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");

    JsonNode listed = ravi.api().get("/leads/" + lead + "/files").is(200).json().path("items");
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).path("name").asText()).isEqualTo("Angebot für Müller.docx");
    assertThat(listed.get(0).path("bytes").asLong()).isEqualTo(offer.length);
    assertThat(listed.get(0).path("createdBy").asLong()).isEqualTo(ravi.id());
  }

  @Test
  void aPictureCanBeLookedAtAndWhatOnlyPretendsToBeOneIsRefused() {
    byte[] picture = bytes(5_000, "\u0089PNG\r\n\u001a\n");
    long id = upload(ravi.api(), "leads/" + lead, "../../Plan.png", picture).is(201).id();
    MockHttpServletResponse read = read(ravi.api(), id, "?inline=true");
    assertThat(read.getContentType()).isEqualTo("image/png");
    assertThat(read.getHeader("Content-Disposition")).startsWith("inline").contains("Plan.png");
    assertThat(read(ravi.api(), id, "").getHeader("Content-Disposition")).startsWith("attachment");
    assertThat(ravi.api().get("/leads/" + lead + "/files").json().at("/items/0/name").asText())
        .isEqualTo("Plan.png");

    byte[] page = "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8);
    upload(ravi.api(), "leads/" + lead, "page.png", page).is(422).says("file", "png");
    long harmless = upload(ravi.api(), "leads/" + lead, "page.html", page).is(201).id();
    assertThat(read(ravi.api(), harmless, "?inline=true").getContentType())
        .isEqualTo("application/octet-stream");
  }

  @Test
  void programsEmptyFilesAndThoseOverTheLimitAreRefused() {
    String to = "leads/" + lead;
    upload(ravi.api(), to, "setup.exe", bytes(100, "x")).is(422).says("file", "document");
    upload(ravi.api(), to, "report.pdf.js", bytes(100, "x")).is(422).says("file", "document");
    upload(ravi.api(), to, "renamed.docx", bytes(100, "MZ")).is(422).says("file", "document");
    upload(ravi.api(), to, "empty.txt", new byte[0]).is(422).says("file", "content");
    upload(ravi.api(), to, " ", bytes(10, "x")).is(422).says("name", "name");
    int most = (int) RecordFiles.LONGEST;
    byte[] content = bytes(most + 1, "text");
    upload(ravi.api(), to, "large.txt", content).is(413).says("file", "25 MB");
    long whole = upload(ravi.api(), to, "whole.txt", Arrays.copyOf(content, most)).is(201).id();
    assertThat(read(ravi.api(), whole, "").getContentAsByteArray()).hasSize(most);
    assertThat(ravi.api().get("/leads/" + lead + "/files").ids()).containsExactly(whole);
    ravi.api().delete("/files/" + whole).is(204);
  }

  @Test
  void whoSeesTheRecordSeesItsFilesAndNobodyElse() {
    long id = upload(ravi.api(), "leads/" + lead, "a.txt", bytes(10, "x")).is(201).id();
    assertThat(read(mia.api(), id, "").getStatus()).isEqualTo(404);
    mia.api().get("/leads/" + lead + "/files").is(404);
    mia.api().delete("/files/" + id).is(404);
    upload(mia.api(), "leads/" + lead, "b.txt", bytes(10, "x")).is(404);

    ravi.api().delete("/leads/" + lead).is(204);
    upload(ravi.api(), "leads/" + lead, "c.txt", bytes(10, "x")).is(404);
    ravi.api().delete("/files/" + id).is(404);
    ravi.api().post("/leads/" + lead + "/restore").is(200);
    assertThat(ravi.api().get("/leads/" + lead + "/files").ids()).containsExactly(id);

    ravi.api().delete("/files/" + id).is(204);
    assertThat(read(ravi.api(), id, "").getStatus()).isEqualTo(404);
    assertThat(
            jdbc.queryForObject(
                "select count(*) from file_piece where file_id = ?", Integer.class, id))
        .isZero();
  }

  @Test
  void PLT_059_attachmentsOfNotesStandAmongTheFilesOfTheirLeadAndGoWithTheNote() {
    long note = ravi.api().make("notes", Map.of("lead", lead, "text", "See the plan"));
    long id = upload(ravi.api(), "notes/" + note, "plan.txt", bytes(10, "x")).is(201).id();
    JsonNode listed = ravi.api().get("/leads/" + lead + "/files").is(200).json().path("items");
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).path("id").asLong()).isEqualTo(id);
    assertThat(listed.get(0).path("note").asLong()).isEqualTo(note);
    assertThat(ravi.api().get("/notes/" + note + "/files").is(200).ids()).containsExactly(id);
    assertThat(read(mia.api(), id, "").getStatus()).isEqualTo(404);

    new People(http, staff).admin().delete("/notes/" + note).is(204);
    assertThat(ravi.api().get("/leads/" + lead + "/files").ids()).isEmpty();
    new People(http, staff).admin().post("/notes/" + note + "/restore").is(200);
    assertThat(ravi.api().get("/leads/" + lead + "/files").ids()).containsExactly(id);
  }

  @Test
  void filesOfAMergedLeadGoToTheSurvivorAndBackWithIt() {
    Caller admin = new People(http, staff).admin();
    long other = ravi.api().make("leads", Map.of("lastName", "Files twice"));
    long kept = upload(ravi.api(), "leads/" + lead, "kept.txt", bytes(10, "x")).is(201).id();
    long moved = upload(ravi.api(), "leads/" + other, "moved.txt", bytes(10, "x")).is(201).id();
    long merge =
        admin
            .post("/leads/" + lead + "/merge", Map.of("records", List.of(Map.of("id", other))))
            .is(200)
            .json()
            .path("merge")
            .asLong();
    assertThat(ravi.api().get("/leads/" + lead + "/files").ids()).containsExactly(moved, kept);

    admin.post("/leads/" + lead + "/merges/undo", Map.of("merge", merge)).is(200);
    assertThat(ravi.api().get("/leads/" + lead + "/files").ids()).containsExactly(kept);
    assertThat(ravi.api().get("/leads/" + other + "/files").ids()).containsExactly(moved);
  }
}
