package io.leadloom.connectors.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.leadloom.connectors.api.Connector;
import io.leadloom.connectors.api.Provider;
import io.leadloom.connectors.api.Secrets;
import io.leadloom.connectors.api.SettingProblem;
import io.leadloom.connectors.api.Way;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;

/** E-mail over SMTP. */
public final class MailProvider implements Provider {

  @Override
  public String id() {
    return "mail";
  }

  @Override
  public Set<Way> ways() {
    return Set.of(Way.EMAIL);
  }

  @Override
  public List<SettingProblem> check(String settings) {
    try {
      return MailSettings.of(settings).problems();
    } catch (JsonProcessingException e) {
      return List.of(
          new SettingProblem("settings", "a JSON object as the settings form describes it"));
    }
  }

  @Override
  public Connector open(CamelContext camel, Secrets secrets, String settings) {
    try {
      return new MailConnector(camel, MailSettings.of(settings));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Mail settings that were not checked", e);
    }
  }
}
