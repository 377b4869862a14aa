package io.leadloom.connectors.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.leadloom.connectors.api.Connector;
import io.leadloom.connectors.api.Provider;
import io.leadloom.connectors.api.Secrets;
import io.leadloom.connectors.api.SettingProblem;
import io.leadloom.connectors.api.Way;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;

/** Webhooks: JSON posted to an address of the automation's choice. */
public final class WebhookProvider implements Provider {

  @Override
  public String id() {
    return "webhook";
  }

  @Override
  public Set<Way> ways() {
    return Set.of(Way.WEBHOOK);
  }

  @Override
  public List<SettingProblem> check(String settings) {
    try {
      return WebhookSettings.of(settings).problems();
    } catch (JsonProcessingException e) {
      return List.of(
          new SettingProblem("settings", "a JSON object as the settings form describes it"));
    }
  }

  @Override
  public Connector open(CamelContext camel, Secrets secrets, String settings) {
    try {
      return new WebhookConnector(
          camel, secrets, WebhookSettings.of(settings), InetAddress::getAllByName);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Webhook settings that were not checked", e);
    }
  }
}
