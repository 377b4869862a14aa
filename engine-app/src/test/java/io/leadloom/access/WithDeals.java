package io.leadloom.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Staff;
import io.leadloom.record.Records;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Tests that begin with a contact who can have opportunities. */
abstract class WithDeals {
  static final AtomicLong NUMBER = new AtomicLong(System.nanoTime() % 100_000_000);

  @Autowired MockMvc http;
  @Autowired Staff staff;
  @Autowired Records records;

  People people;
  Caller admin;
  String mark;
  String phone;
  long ann;

  @BeforeEach
  void contact() {
    people = new People(http, staff);
    admin = people.admin();
    long number = NUMBER.incrementAndGet();
    mark = "deal" + number;
    phone = "+4930" + String.format("%08d", number % 100_000_000);
    ann = admin.make("contacts", Map.of("firstName", "Ann", "lastName", mark, "phone", phone));
  }

  static String encoded(String filter) {
    return URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
  }

  long deal(Object... values) {
    return admin.make("opportunities", values(values));
  }

  Map<String, Object> values(Object... more) {
    Map<String, Object> values = new HashMap<>(Map.of("name", "Roof repair", "contact", ann));
    for (int i = 0; i < more.length; i += 2) {
      values.put((String) more[i], more[i + 1]);
    }
    return values;
  }

  JsonNode read(String path) {
    return admin.get(path).is(200).json().path("values");
  }

  long lead(Object... more) {
    Map<String, Object> values =
        new HashMap<>(
            Map.of(
                "leadName",
                "Roof " + mark,
                "firstName",
                "Ann",
                "lastName",
                mark,
                "source",
                "Vendor",
                "salesDirection",
                "New business",
                "phone",
                phone,
                "city",
                "Pune",
                "contact",
                ann));
    values.put(
        "account", admin.make("accounts", Map.of("name", "Acme " + NUMBER.incrementAndGet())));
    for (int i = 0; i < more.length; i += 2) {
      values.put((String) more[i], more[i + 1]);
    }
    return admin.make("leads", values);
  }
}
