package io.leadloom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.bind.annotation.RestController;

/** What the house promises about its rooms, its names and its tools. */
@AnalyzeClasses(packages = "io.leadloom", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] DROOLS = {
    "org.drools..", "org.kie.api..", "org.kie.dmn..", "org.kie.internal.."
  };
  private static final String[] JBPM = {"org.jbpm..", "org.kie.kogito.."};
  private static final String[] CAMEL = {"org.apache.camel..", "io.leadloom.connectors.."};

  private static final String VAGUE_NAME = ".*(Impl|Manager|Helpers?|Utils?|Service|Dto|DTO)";

  /** jBPM stands on Drools' API, so its room may name that too. */
  @ArchTest
  static final ArchRule onlyDecisionKnowsDrools =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.leadloom.decision..", "io.leadloom.process..", "io.leadloom.rules..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DROOLS);

  @ArchTest
  static final ArchRule onlyProcessKnowsJbpm =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.leadloom.process..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(JBPM);

  @ArchTest
  static final ArchRule onlyConnectionKnowsCamelAndTheConnectors =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.leadloom.connection..", "io.leadloom.connectors..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CAMEL);

  @ArchTest
  static final ArchRule rulesProcessesAndConnectorsKnowNoSpring =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.leadloom.rules..", "io.leadloom.processes..", "io.leadloom.connectors..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.springframework..");

  @ArchTest
  static final ArchRule namesSayWhatThingsAre = noClasses().should().haveNameMatching(VAGUE_NAME);

  @ArchTest
  static final ArchRule packagesAreNamedAfterWhatTheyHold =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..common..", "..service..", "..dto..", "..util..", "..utils..", "..impl..");

  @ArchTest
  static final ArchRule httpLivesInTheWebPackageOfARoom =
      classes().that().areAnnotatedWith(RestController.class).should().resideInAPackage("..web..");

  @ArchTest
  static final ArchRule dependenciesComeThroughTheConstructor =
      noFields().should().beAnnotatedWith(Autowired.class);

  /** The load programs print their figures. */
  @ArchTest
  static final ArchRule nobodyPrintsToTheConsole =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.leadloom.bench..")
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule nobodyUsesJavaUtilLogging =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
}
