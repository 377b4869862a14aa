package io.leadloom.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.access.People.Somebody;
import io.leadloom.identity.Role;
import io.leadloom.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;

/** Tests about an opportunity that can be shared. */
abstract class WithShares extends WithDeals {
  @Autowired MutableClock clock;

  Somebody owner;
  Somebody p;
  long deal;
  String path;

  @BeforeEach
  void hire() {
    owner = people.hire(null, Role.SALES);
    p = people.hire(null, Role.SALES);
    deal = deal("owner", owner.id(), "city", mark);
    path = "/opportunities/" + deal;
  }

  @AfterEach
  void switchOn() {
    switched(true);
  }

  void switched(boolean on) {
    int version = admin.get("/features").is(200).json().path("version").asInt();
    admin
        .put("/settings/features", Map.of("version", version, "features", Map.of("sharing", on)))
        .is(200);
    clock.advance(Duration.ofSeconds(2));
  }

  JsonNode share(Somebody with, String access, int amount, String unit) {
    return admin.post(path + "/shares", wanted(with, access, amount, unit)).is(201).json();
  }

  static Map<String, Object> wanted(Somebody with, String access, int amount, String unit) {
    return Map.of(
        "user", with.id(), "access", access, "duration", Map.of("amount", amount, "unit", unit));
  }

  int stop(Object body) {
    return admin.post(path + "/shares/stop", body).is(200).json().path("stopped").asInt();
  }

  int edits(Somebody who) {
    return who.api()
        .patch(path, Map.of("values", Map.of("description", "by " + who.id())))
        .status();
  }

  int opens(Somebody who) {
    return who.api().get(path).status();
  }

  List<Long> found(Somebody who) {
    return who.api().get("/opportunities?filter=" + encoded("city = \"" + mark + "\"")).ids();
  }

  void pass(Duration time) {
    clock.advance(time);
  }

  List<JsonNode> rows(String query) {
    return StreamSupport.stream(
            admin.get(path + "/shares" + query).is(200).json().path("items").spliterator(), false)
        .toList();
  }
}
