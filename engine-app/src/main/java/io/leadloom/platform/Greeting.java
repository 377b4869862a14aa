package io.leadloom.platform;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells whoever started Leadloom where it is and, with sample data, who may sign in. */
@Component
class Greeting {

  private static final Logger log = LoggerFactory.getLogger("io.leadloom.Leadloom");

  @EventListener
  void ready(ApplicationReadyEvent event) {
    if (event.getApplicationContext() instanceof WebServerApplicationContext web
        && web.getWebServer() != null) {
      log.info(
          text(
              web.getWebServer().getPort(),
              event.getApplicationContext().getEnvironment(),
              event.getTimeTaken()));
    }
  }

  static String text(int port, Environment settings, Duration started) {
    boolean encrypted =
        settings.getProperty(
            "server.ssl.enabled", Boolean.class, settings.containsProperty("server.ssl.key-store"));
    String path = settings.getProperty("server.servlet.context-path", "");
    String url = (encrypted ? "https" : "http") + "://localhost:" + port + path;
    StringBuilder text = new StringBuilder(400);
    text.append("Leadloom is ready after ")
        .append(started.toMillis() / 100 / 10.0)
        .append(" s\n\n");
    text.append("    ").append(url).append("\n\n");
    if (settings.getProperty("leadloom.sample-data", Boolean.class, true)) {
      text.append("    Sign in as   admin    administrator\n");
      text.append("                 manager  sales manager\n");
      text.append("                 sales    sales user       (password of all three: leadloom)\n");
    } else {
      text.append("    The page asks for the first administrator if there is none yet.\n");
    }
    return text.toString();
  }
}
