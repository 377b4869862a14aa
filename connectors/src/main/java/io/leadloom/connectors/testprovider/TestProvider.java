package io.leadloom.connectors.testprovider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.connectors.api.Connector;
import io.leadloom.connectors.api.Provider;
import io.leadloom.connectors.api.Secrets;
import io.leadloom.connectors.api.SettingProblem;
import io.leadloom.connectors.api.Way;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;

/** Mail, SMS and WhatsApp for trying things out. */
public final class TestProvider implements Provider {

  private final ObjectMapper json = new ObjectMapper();

  @Override
  public String id() {
    return "testprovider";
  }

  @Override
  public Set<Way> ways() {
    return Set.of(Way.EMAIL, Way.SMS, Way.WHATSAPP);
  }

  @Override
  public List<SettingProblem> check(String settings) {
    try {
      json.readValue(settings, TestProviderSettings.class);
      return List.of();
    } catch (JsonProcessingException e) {
      return List.of(new SettingProblem("refused", "a list of addresses and numbers"));
    }
  }

  @Override
  public Connector open(CamelContext camel, Secrets secrets, String settings) {
    try {
      return new TestProviderConnector(json.readValue(settings, TestProviderSettings.class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Test provider settings that were not checked", e);
    }
  }
}
