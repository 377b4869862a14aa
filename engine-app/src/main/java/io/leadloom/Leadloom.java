package io.leadloom;

import io.leadloom.platform.IdleMemory;
import io.leadloom.platform.audit.AuditCommand;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Leadloom: records, engine, REST API and user interface in one process. */
@SpringBootApplication
public class Leadloom {

  public static void main(String[] args) {
    if (AuditCommand.asked(args)) {
      System.exit(AuditCommand.run(args));
    }
    SpringApplication.run(Leadloom.class, args);
    IdleMemory.giveBackAfter(Duration.ofSeconds(12));
  }
}
