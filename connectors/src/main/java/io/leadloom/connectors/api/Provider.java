package io.leadloom.connectors.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.apache.camel.CamelContext;

/** A kind of connector: it can be set up any number of times with different settings. */
public interface Provider {

  /** The permanent id, for example {@code mail}. */
  String id();

  /** The ways of delivery it offers. */
  Set<Way> ways();

  /**
   * Checks settings without using them.
   *
   * @param settings the settings as JSON
   */
  List<SettingProblem> check(String settings);

  /**
   * Opens a connector.
   *
   * @param settings the settings as JSON, passwords included; they passed {@link #check}
   */
  Connector open(CamelContext camel, Secrets secrets, String settings);

  /** The descriptor of the settings form, as JSON. */
  default String form() {
    String name = "/connectors/" + id() + ".json";
    try (InputStream in = Provider.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("No settings form " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All providers that are installed. */
  static List<Provider> all() {
    return ServiceLoader.load(Provider.class, Provider.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
