package io.leadloom.platform.feature.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.feature.Feature;
import io.leadloom.platform.feature.Features;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Feature switches (SET-029, SET-030). */
@Tag(name = "Features")
@RestController
@RequestMapping("/api/v1")
class FeatureController {

  private final Features features;

  FeatureController(Features features) {
    this.features = features;
  }

  /** Each feature by its key, and whether it is on. */
  record Switches(Map<String, Boolean> features, int version) {}

  /** What is to be on; features that are not named stay as they are. */
  record Wanted(@Nullable Integer version, @Nullable Map<String, Boolean> features) {}

  /** What is on. */
  @GetMapping("/features")
  @Operation(summary = "Which features are on, for everybody who is signed in")
  Switches all() {
    return json(features.state());
  }

  /** Switches features on and off. */
  @PutMapping("/settings/features")
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  @Operation(
      summary = "Switch features on and off",
      description =
          "Needs the version that was read. A feature that is off answers 404, runs nothing and keeps its data; other"
              + " nodes follow within two seconds.")
  Switches change(@RequestBody Wanted wanted) {
    Integer version = wanted.version();
    if (version == null) {
      throw refused("version", null, "the version that was read");
    }
    Map<Feature, Boolean> switches = new EnumMap<>(Feature.class);
    Objects.requireNonNullElse(wanted.features(), Map.<String, Boolean>of())
        .forEach(
            (key, on) ->
                switches.put(
                    Feature.of(key)
                        .orElseThrow(() -> refused("features." + key, key, "a known feature")),
                    !Boolean.FALSE.equals(on)));
    return json(features.change(version, switches));
  }

  private static RefusedException refused(
      String field, @Nullable Object value, String expectation) {
    return RefusedException.invalid(
        "The switches cannot be set", Violation.of(field, value, expectation));
  }

  private static Switches json(Features.State state) {
    Map<String, Boolean> on = new LinkedHashMap<>();
    for (Feature feature : Feature.values()) {
      on.put(feature.key(), !state.off().contains(feature));
    }
    return new Switches(on, state.version());
  }
}
