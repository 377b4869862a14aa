package io.leadloom.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Role;
import io.leadloom.identity.Staff;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.MockMvc;

/** Calls about the choices of leads, by an administrator and by somebody who sells. */
abstract class LeadChoiceCalls {

  private static final AtomicLong NUMBER = new AtomicLong();

  @Autowired MockMvc http;
  @Autowired Staff staff;

  Caller admin;
  Caller sales;

  @BeforeEach
  void callers() {
    People people = new People(http, staff);
    admin = people.admin();
    sales = people.hire(null, Role.SALES).api();
  }

  @AfterEach
  void settingsOfANewInstallation() {
    set(Map.of("stageMandatory", false, "stageComments", false, "stageImport", true));
  }

  void set(Map<String, Object> settings) {
    admin.call(HttpMethod.PATCH, "/schema/lead-settings", settings).is(200);
  }

  static String unique(String name) {
    return name + " " + NUMBER.incrementAndGet();
  }

  long choice(String path, Map<String, Object> values) {
    return admin.post("/schema/" + path, values).is(201).id();
  }

  long stage(String name) {
    return choice("stages", Map.of("label", name));
  }

  long status(String name, long stage) {
    return choice("statuses", Map.of("label", name, "parent", stage));
  }

  Caller.Answer change(String path, long id, Map<String, Object> values) {
    return admin.call(HttpMethod.PATCH, "/schema/" + path + "/" + id, values);
  }

  Caller.Answer lead(Caller caller, Map<String, Object> values) {
    Map<String, Object> all = new HashMap<>(values);
    all.put("lastName", unique("Lead"));
    all.put("phone", "+4930123456");
    return caller.post("/leads", Map.of("values", all));
  }

  long lead(Map<String, Object> values) {
    return lead(admin, values).is(201).id();
  }

  JsonNode values(long lead) {
    return admin.get("/leads/" + lead).is(200).json().path("values");
  }

  Caller.Answer update(Caller caller, long lead, Map<String, Object> values) {
    return caller.call(HttpMethod.PATCH, "/leads/" + lead, Map.of("values", values));
  }

  List<Long> found(String query) {
    return admin.get("/leads?limit=200&" + query).is(200).ids();
  }

  static String filter(String text) {
    return "filter=" + URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  List<String> labels(String path) {
    List<String> labels = new ArrayList<>();
    admin
        .get("/schema/" + path)
        .is(200)
        .json()
        .path("items")
        .forEach(item -> labels.add(item.path("label").asText()));
    return labels;
  }
}
