package io.leadloom;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts Leadloom: records, engine, REST API and user interface in one process. */
@SpringBootApplication
public class Leadloom {

  public static void main(String[] args) {
    SpringApplication.run(Leadloom.class, args);
  }
}
