package io.leadloom.automation.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/** The ready-made automations and the card catalogue, as the {@code processes} module brings them. */
@Component
public class Templates {

  private final List<Template> templates;
  private final List<JsonNode> cards;

  /** A ready-made automation. */
  public record Template(String key, String bpmn) {}

  Templates(ObjectMapper json) {
    this.templates =
        resources("classpath*:processes/*/*.bpmn").stream()
            .map(file -> new Template(name(file, ".bpmn"), text(file)))
            .sorted(Comparator.comparing(Template::key))
            .toList();
    List<JsonNode> read = new ArrayList<>();
    for (Resource file : resources("classpath*:cards/*.json")) {
      try {
        read.add(json.readTree(text(file)));
      } catch (IOException e) {
        throw new UncheckedIOException("Card descriptor " + file.getFilename(), e);
      }
    }
    read.sort(Comparator.comparingInt((JsonNode card) -> card.path("order").asInt(1_000)));
    this.cards = List.copyOf(read);
  }

  public List<Template> all() {
    return templates;
  }

  public Optional<Template> find(String key) {
    return templates.stream().filter(template -> template.key().equals(key)).findFirst();
  }

  /** The card descriptors in the order of the palette. */
  public List<JsonNode> cards() {
    return cards;
  }

  private static List<Resource> resources(String pattern) {
    try {
      return List.of(new PathMatchingResourcePatternResolver().getResources(pattern));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Resource file, String ending) {
    String name = file.getFilename() == null ? "" : file.getFilename();
    return name.substring(0, name.length() - ending.length());
  }

  private static String text(Resource file) {
    try {
      return file.getContentAsString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
