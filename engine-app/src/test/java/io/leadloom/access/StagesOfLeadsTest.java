package io.leadloom.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import com.fasterxml.jackson.databind.JsonNode;
import io.leadloom.identity.Users;
import io.leadloom.platform.Cause;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.RecordCommand;
import io.leadloom.record.Records;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.Values;
import io.leadloom.testing.LeadloomTest;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;

/** What stages and statuses ask of leads, whoever writes them. */
@LeadloomTest(properties = "leadloom.test.database=choices")
class StagesOfLeadsTest extends LeadChoiceCalls {

  @Autowired Records records;
  @Autowired Users users;

  @Test
  void LEAD_E10_aStageIsGivenByItsIdOrByItsNameAndAMisspeltOneIsNamedWithItsNeighbours() {
    String name = unique("Qualified");
    long id = stage(name);
    String misspelt = name.replace("Qualified", "Qualifed");
    Caller.Answer answer =
        admin
            .post(
                "/leads/bulk",
                Map.of(
                    "records",
                    List.of(
                        Map.of(
                            "values",
                            Map.of(
                                "phone",
                                "+4930123456",
                                "lastName",
                                unique("Row"),
                                "stage",
                                misspelt)),
                        Map.of(
                            "values",
                            Map.of("phone", "+4930123456", "lastName", unique("Row"), "stage", id)),
                        Map.of(
                            "values",
                            Map.of(
                                "phone",
                                "+4930123456",
                                "lastName",
                                unique("Row"),
                                "stage",
                                "" + id)),
                        Map.of(
                            "values",
                            Map.of(
                                "phone",
                                "+4930123456",
                                "lastName",
                                unique("Row"),
                                "stage",
                                name.toUpperCase(Locale.ROOT))))))
            .is(200);
    JsonNode results = answer.json().path("results");
    assertThat(results.get(0).path("outcome").asText()).isEqualTo("refused");
    JsonNode violation = results.get(0).path("violations").get(0);
    assertThat(violation.path("field").asText()).isEqualTo("stage");
    assertThat(violation.path("value").asText()).isEqualTo(misspelt);
    assertThat(violation.path("expectation").asText()).contains("perhaps").contains(name);
    for (int row = 1; row < 4; row++) {
      assertThat(results.get(row).path("outcome").asText()).as(answer.text()).isEqualTo("created");
      assertThat(values(results.get(row).path("id").asLong()).path("stage").asText())
          .isEqualTo(name);
    }
  }

  @Test
  void LEAD_E17_aStatusIsRefusedInAStageThatItDoesNotDependOn() {
    String contacted = unique("Contacted");
    String fresh = unique("New");
    long stage = stage(contacted);
    stage(fresh);
    String later = unique("Call later");
    status(later, stage);

    lead(admin, Map.of("stage", fresh, "status", later)).is(422).says("status", "no value");
    long lead = lead(Map.of("stage", contacted, "status", later));
    update(admin, lead, Map.of("stage", fresh, "status", later)).is(422).says("status", fresh);
    update(admin, lead, Map.of("stage", fresh)).is(200);
    assertThat(values(lead).path("status").isMissingNode() || values(lead).path("status").isNull())
        .as("the status goes with its stage")
        .isTrue();
    update(admin, lead, Map.of("status", later)).is(422);
  }

  @Test
  void aStatusForAdministratorsOnlyIsNeitherGivenNorTakenAwayByOthers() {
    long stage = stage(unique("Stage"));
    String name = labels("stages").get(labels("stages").size() - 1);
    String open = unique("Open");
    String kept = unique("Kept");
    status(open, stage);
    choice("statuses", Map.of("label", kept, "parent", stage, "shared", false));

    lead(sales, Map.of("stage", name, "status", kept)).is(422).says("status", "administrators");
    long lead = lead(sales, Map.of("stage", name, "status", open)).is(201).id();
    update(sales, lead, Map.of("status", kept)).is(422);
    update(admin, lead, Map.of("status", kept)).is(200);
    assertThat(sales.get("/leads/" + lead).json().path("values").path("status").asText())
        .isEqualTo(kept);
    update(sales, lead, Map.of("status", open)).is(422).says("status", "only administrators");
    update(sales, lead, Map.of("city", "Pune")).is(200);

    String elsewhere = unique("Elsewhere");
    status(unique("There"), stage(elsewhere));
    update(sales, lead, Map.of("stage", elsewhere)).is(422).says("status", "only administrators");
    update(admin, lead, Map.of("stage", elsewhere)).is(200);
  }

  @Test
  void LEAD_139_aFileGivesAStatusForAdministratorsOnlyNeither() {
    String name = unique("Stage");
    String kept = unique("Kept");
    choice("statuses", Map.of("label", kept, "parent", stage(name), "shared", false));
    List<RecordCommand> rows =
        List.of(
            new RecordCommand.Create(
                EntityType.LEAD,
                Values.of("lastName", "Row")
                    .with("phone", "+4930123456")
                    .with("stage", name)
                    .with("status", kept)));
    Cause file = Cause.importJob(users.byLogin("admin").orElseThrow().id(), 1);
    assertThat(records.as(Rights.account()).write(rows, file).get(0))
        .isInstanceOf(WriteResult.Refused.class);
    assertThat(records.write(rows, file).get(0)).isInstanceOf(WriteResult.Written.class);
  }

  @Test
  void PLT_D03_aLeadWithoutAStageGetsTheFirstActiveOneAndNeverLosesItAgain() {
    long lead = lead(Map.of("city", "Pune"));
    assertThat(values(lead).path("stage").asText()).isEqualTo(labels("stages").get(0));
    Map<String, Object> none = new HashMap<>();
    none.put("stage", null);
    update(admin, lead, none).is(422).says("stage", "every lead has one");
    assertThat(values(lead(none)).path("stage").asText()).isEqualTo(labels("stages").get(0));
  }

  @Test
  void PLT_X05_aCommentOnAChangeOfTheStageStandsInTheTimelineForSalesUsers() {
    long lead = lead(sales, Map.of("stage", "Prospect")).is(201).id();
    Map<String, Object> commented =
        Map.of("values", Map.of("stage", "Customer"), "comment", "Signed today");
    sales.call(HttpMethod.PATCH, "/leads/" + lead, commented).is(422).says("comment", "off");
    set(Map.of("stageComments", true));
    sales.call(HttpMethod.PATCH, "/leads/" + lead, commented).is(200);

    JsonNode newest = sales.get("/leads/" + lead + "/timeline").is(200).json().path("items").get(0);
    assertThat(newest.path("detail").asText()).isEqualTo("Signed today");
    assertThat(newest.path("changes").toString()).contains("Prospect").contains("Customer");
    assertThat(newest.path("cause").path("userId").asLong()).isPositive();
    sales
        .call(
            HttpMethod.PATCH,
            "/leads/" + lead,
            Map.of("values", Map.of("city", "Pune"), "comment", "no move"))
        .is(422)
        .says("comment", "does not change");
  }

  @Test
  void LEAD_E16_aHiddenStageTakesItsLeadsOffTheListUnlessTheFilterAsksForIt() {
    String lost = unique("Lost");
    long stage = stage(lost);
    String city = unique("Hidden");
    long lead = lead(Map.of("stage", lost, "city", city));
    long other = lead(Map.of("city", city));
    change("stages", stage, Map.of("hidden", true)).is(200);
    String asked = filter("city = \"" + city + "\"");

    assertThat(found("hidden=false&" + asked)).containsExactly(other);
    assertThat(found("hidden=false&" + filter("stage = \"" + lost + "\""))).containsExactly(lead);
    assertThat(found(asked)).as("whatever counts leads").containsExactlyInAnyOrder(lead, other);
    assertThat(admin.get("/leads?count=true&hidden=false&" + asked).json().path("total").asLong())
        .isEqualTo(1);
  }

  @Test
  void PLT_X03_aPersonMustChooseTheStageWhereItIsMandatory() {
    set(Map.of("stageMandatory", true));
    RecordCommand without =
        new RecordCommand.Create(EntityType.LEAD, Values.of("lastName", unique("Lead")));
    RecordCommand with =
        new RecordCommand.Create(
            EntityType.LEAD,
            Values.of("lastName", unique("Lead"))
                .with("email", "of@stages.example")
                .with("stage", "Customer"));
    List<WriteResult> results =
        records.write(
            List.of(without, with), Cause.user(users.byLogin("admin").orElseThrow().id()));
    assertThat(results.get(0)).isInstanceOf(WriteResult.Refused.class);
    assertThat(results.get(1)).isInstanceOf(WriteResult.Written.class);
    assertThat(values(lead(Map.of("city", "Pune"))).path("stage").asText())
        .as("a program that sends no stage")
        .isEqualTo(labels("stages").get(0));
  }

  @Test
  void PLT_X04_aColumnOfAFileIsNotTheStageWhereThatIsSwitchedOff() throws Exception {
    assertThat(columnOfStage()).isEqualTo("stage");
    set(Map.of("stageImport", false));
    assertThat(columnOfStage()).isEmpty();
  }

  private String columnOfStage() throws Exception {
    String job =
        http.perform(
                post("/api/v1/imports?prepare=true&entity=lead&name=stages.csv")
                    .with(httpBasic(admin.login(), admin.password()))
                    .contentType("text/csv")
                    .content("Last name,Stage\nAnn,Prospect\n"))
            .andReturn()
            .getResponse()
            .getContentAsString();
    long id = new Caller.Answer(202, job).id();
    JsonNode columns = admin.get("/imports/" + id).is(200).json().path("columns");
    admin.post("/imports/" + id + "/cancel").is(200);
    assertThat(columns.size()).as(job).isEqualTo(2);
    return columns.get(1).path("field").asText("");
  }
}
