package io.leadloom;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.docs.Documenter;

/** The rooms of the house and the directions between them. */
class ModulesTest {

  // The modules rules, processes and connectors are libraries beside the house, not rooms of it.
  // Read once: that takes
  // half a minute.
  private static final ApplicationModules ROOMS =
      ApplicationModules.of(
          Leadloom.class,
          resideInAnyPackage(
              "io.leadloom.rules..", "io.leadloom.processes..", "io.leadloom.connectors.."));

  @Test
  void eachRoomUsesOnlyTheRoomsItMayUseAndOnlyTheirPublicTypes() {
    ROOMS.verify();
  }

  @Test
  void thePictureOfTheRoomsIsDrawnIntoTarget() {
    new Documenter(ROOMS).writeModulesAsPlantUml();
    assertThat(Path.of("target", "spring-modulith-docs", "components.puml")).exists();
  }
}
