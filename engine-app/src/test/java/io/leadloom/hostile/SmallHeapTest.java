package io.leadloom.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.testing.ApplicationProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large and hostile input, several at a time, to an application that has little more heap than it needs to stand idle and
 * that ends at the first lack of memory. What is too large is refused before it is held; what is a file is read as a
 * stream.
 */
class SmallHeapTest {

  private static final int AT_ONCE = 4;
  private static final String HEAP = "-Xmx320m";
  private static final int MB = 1024 * 1024;
  private static final String LOGIN = "small-heap";
  private static final String PASSWORD = "long enough for a test";

  @TempDir private static Path folder;
  private static ApplicationProcess application;

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  @BeforeAll
  static void start() throws Exception {
    application =
        ApplicationProcess.start(folder, List.of(HEAP, "-XX:+ExitOnOutOfMemoryError"), Map.of());
    await().atMost(Duration.ofSeconds(120)).until(application::answers);
    HttpResponse<String> made =
        CLIENT.send(
            HttpRequest.newBuilder(URI.create(application.url() + "/api/v1/setup"))
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"login\":\""
                            + LOGIN
                            + "\",\"password\":\""
                            + PASSWORD
                            + "\",\"name\":\"Tester\",\"email\":\"t@example.test\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(made.statusCode()).as(made.body()).isLessThan(300);
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  private static HttpResponse<String> post(String path, String type, BodyPublisher body) {
    try {
      return CLIENT.send(
          request(path)
              .header("Content-Type", type)
              .timeout(Duration.ofMinutes(3))
              .POST(body)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(
          "No answer to " + path + "; the log ends\n" + end(application.log()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String end(String log) {
    return log.substring(Math.max(0, log.length() - 3_000));
  }

  private static HttpRequest.Builder request(String path) {
    String credentials = LOGIN + ":" + PASSWORD;
    return HttpRequest.newBuilder(URI.create(application.url() + "/api/v1" + path))
        .header(
            "Authorization",
            "Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
  }

  private static JsonNode get(String path) {
    try {
      HttpResponse<String> answer =
          CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Sends the same several times at once; every answer is a problem of this status, in words. */
  private static void refused(int status, String path, String type, Supplier<BodyPublisher> body) {
    long before = records();
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      answers.add(CompletableFuture.supplyAsync(() -> post(path, type, body.get())));
    }
    for (CompletableFuture<HttpResponse<String>> each : answers) {
      HttpResponse<String> answer = each.join();
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("application/problem+json");
      assertThat(answer.body()).doesNotContain("Exception", "\\tat ").hasSizeLessThan(20_000);
    }
    assertThat(records()).as("nothing is half-written").isEqualTo(before);
  }

  private static long records() {
    long records = 0;
    for (String path : List.of("/leads", "/contacts", "/accounts")) {
      records += get(path + "?limit=1&count=true").path("total").asLong();
    }
    return records
        + get("/automations?limit=1").path("items").size()
        + get("/imports?limit=200").path("items").size();
  }

  private static Supplier<BodyPublisher> text(String head, String filling, int bytes, String tail) {
    String body = head + filling.repeat(bytes / filling.length()) + tail;
    return () -> BodyPublishers.ofString(body);
  }

  /** A body of unknown length that never ends of itself. */
  private static BodyPublisher endless(String head, String filling) {
    byte[] first = head.getBytes(StandardCharsets.UTF_8);
    byte[] again = filling.repeat(8_192 / filling.length()).getBytes(StandardCharsets.UTF_8);
    return BodyPublishers.ofInputStream(
        () ->
            new InputStream() {
              private long at;

              @Override
              public int read() {
                byte next =
                    at < first.length
                        ? first[(int) at]
                        : again[(int) ((at - first.length) % again.length)];
                at++;
                return next & 0xff;
              }

              @Override
              public int read(byte[] buffer, int offset, int length) {
                for (int i = 0; i < length; i++) {
                  buffer[offset + i] = (byte) read();
                }
                return length;
              }
            });
  }

  /** Either the refusal arrives, or the connection is cut because the sender does not listen. */
  private static void endless(int status, String path, String head, String filling) {
    try {
      HttpResponse<String> answer =
          CLIENT.send(
              request(path)
                  .header("Content-Type", "application/json")
                  .timeout(Duration.ofMinutes(3))
                  .POST(endless(head, filling))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    } catch (IOException e) {
      assertThat(application.answers()).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void jsonThatIsTooLongTooDeepOrTooMuchIsRefused() {
    refused(
        413, "/leads", "application/json", text("{\"values\":{\"city\":\"", "x", 10 * MB, "\"}}"));
    refused(
        413, "/leads", "application/json", text("{\"values\":{\"city\":\"", "x", 20 * MB, "\"}}"));
    refused(413, "/leads", "application/json", text("{\"values\":{\"city\":", "[", 5 * MB, ""));
    refused(
        413, "/leads", "application/json", text("{\"values\":{\"city\":[", "1,", 8 * MB, "1]}}"));
    refused(422, "/leads/bulk", "application/json", text("{\"records\":[", "{},", 9 * MB, "{}]}"));
    refused(
        422,
        "/lists",
        "application/json",
        text("{\"name\":\"a\",\"filter\":\"", "(city = 1 or ", 2 * MB, "\"}"));
    endless(413, "/leads", "{\"values\":{\"city\":\"", "x");
    endless(422, "/leads/bulk", "{\"records\":[", "{},");
  }

  @Test
  void filtersThatAreTooLongAreRefusedInWords() throws Exception {
    String longest = "city = \"" + "\u00fc".repeat(7_980) + "\"";
    assertThat(status("/leads?filter=" + encode(longest.substring(0, 2_600) + "\"")))
        .isEqualTo(200);
    assertThat(status("/leads?filter=" + encode("(".repeat(8_000)))).isEqualTo(422);
    assertThat(status("/leads?filter=" + "x".repeat(9_000))).isEqualTo(422);
    assertThat(status("/leads?filter=" + "x".repeat(500_000))).isEqualTo(400);
  }

  /** The status of an answer, which is a problem document when it is a refusal. */
  private static int status(String path) throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 400) {
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .as(answer.body())
          .startsWith("application/problem+json");
    }
    return answer.statusCode();
  }

  @Test
  void documentsThatAreNoAutomationsAreRefused() {
    String card = "<bpmn:serviceTask id=\\\"c\\\" name=\\\"A card\\\"/>";
    String head =
        "{\"bpmn\":\"<?xml version=\\\"1.0\\\"?><bpmn:definitions"
            + " xmlns:bpmn=\\\"http://www.omg.org/spec/BPMN/20100524/MODEL\\\"><bpmn:process id=\\\"p\\\">";
    String tail = "</bpmn:process></bpmn:definitions>\"}";
    refused(422, "/automations", "application/json", text(head, card, 3 * MB, tail));
    refused(422, "/automations", "application/json", text(head, "<a>", 3 * MB, tail));
    refused(422, "/automations", "application/json", text(head, "&amp;", 3 * MB, tail));
    refused(413, "/automations", "application/json", text(head, card, 12 * MB, tail));
    refused(
        422,
        "/automations",
        "application/json",
        () ->
            BodyPublishers.ofString(
                "{\"bpmn\":\"<!DOCTYPE a [<!ENTITY a \\\"aaaaaaaaaa\\\"><!ENTITY b \\\"&a;&a;&a;&a;&a;&a;&a;&a;\\\">"
                    + "<!ENTITY c \\\"&b;&b;&b;&b;&b;&b;&b;&b;\\\">]><a>&c;</a>\"}"));
  }

  @Test
  void workbooksThatUnpackToGigabytesAreRefused() throws IOException {
    for (String part :
        List.of("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/media/picture.png")) {
      byte[] bomb = bomb(part, 400);
      assertThat(bomb.length).isLessThan(4 * MB);
      refused(
          422,
          "/imports?entity=lead",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          () -> BodyPublishers.ofByteArray(bomb));
    }
  }

  /** A workbook with one part that unpacks to so many megabytes. */
  private static byte[] bomb(String part, int megabytes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      entry(zip, "[Content_Types].xml", "<Types/>");
      entry(zip, "xl/workbook.xml", "<workbook><sheets><sheet name=\"a\"/></sheets></workbook>");
      zip.putNextEntry(new ZipEntry(part));
      byte[] block = new byte[MB];
      java.util.Arrays.fill(block, (byte) ' ');
      for (int i = 0; i < megabytes; i++) {
        zip.write(block);
      }
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    ((OutputStream) zip).write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  @Test
  void aLongFileWithBrokenQuotesAndHugeCellsIsReadAsAStreamAndItsGoodRowsImported() {
    int good = 3_000;
    StringBuilder rows = new StringBuilder("email,lastName,notes\n");
    for (int i = 0; i < good; i++) {
      rows.append("small").append(i).append("@heap.example,Good,fine\n");
    }
    String huge = "x@heap.example,\"" + "y".repeat(12 * MB) + "\",z\n";
    String file =
        rows + huge.repeat(6) + "bad@heap.example,\"never closed\n" + "a,b,c\n".repeat(100);
    HttpResponse<String> accepted =
        post("/imports?entity=lead", "text/csv", BodyPublishers.ofString(file));
    assertThat(accepted.statusCode()).as(accepted.body()).isEqualTo(202);
    JsonNode done = ended(accepted);
    assertThat(done.path("status").asText()).as(done.toString()).isEqualTo("done");
    assertThat(
            get("/leads?limit=1&count=true&filter=" + encode("lastName = \"Good\""))
                .path("total")
                .asInt())
        .isEqualTo(good);
    assertThat(
            get("/leads?limit=1&count=true&filter=" + encode("lastName starts with \"yy\""))
                .path("total")
                .asInt())
        .isZero();
  }

  private static JsonNode ended(HttpResponse<String> accepted) {
    String location = accepted.headers().firstValue("Location").orElseThrow();
    String path = location.substring("/api/v1".length());
    return await()
        .atMost(Duration.ofMinutes(3))
        .until(() -> get(path), job -> !job.path("status").asText().equals("running"));
  }

  @Test
  void filesOfAnotherEncodingAreReadOrRefusedButNeverMixedUp() {
    String csv = "email;lastName;city\nä@heap.example;Größe;Köln\nb@heap.example;漢字;Ō\n";
    for (java.nio.charset.Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      HttpResponse<String> answer =
          post(
              "/imports?entity=lead",
              "text/csv",
              BodyPublishers.ofByteArray(csv.getBytes(charset)));
      if (answer.statusCode() == 202) {
        ended(answer);
      } else {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
      }
    }
    byte[] noise = new byte[3 * MB];
    new java.util.Random(7).nextBytes(noise);
    refused(422, "/imports?entity=lead", "text/csv", () -> BodyPublishers.ofByteArray(noise));
    for (String wrong : List.of("GrÃ¶Ã", "\uFFFD", "\u0000")) {
      assertThat(
              get("/leads?limit=1&count=true&filter="
                      + encode("lastName contains \"" + wrong + "\""))
                  .path("total")
                  .asInt())
          .as(wrong)
          .isZero();
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
