package io.leadloom.record.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.WriteResult;
import io.leadloom.record.form.FormInput;
import io.leadloom.record.form.LeadForm;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The complete form of leads (LEAD-164 to LEAD-205). */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1/leads")
class LeadFormController {

  private final LeadForm form;
  private final RecordAnswers answers;
  private final Caller caller;

  LeadFormController(LeadForm form, RecordAnswers answers, Caller caller) {
    this.form = form;
    this.answers = answers;
    this.caller = caller;
  }

  /**
   * An input.
   *
   * @param key its name in requests
   * @param entity the kind of record that it fills
   * @param field the field of that record
   * @param shown {@code always}, or while {@code newCompany} is not ticked, {@code account} is empty, {@code newContact} is
   *     ticked or not
   * @param mandatory whether it must be filled in while it is shown
   */
  record InputJson(
      String key, String entity, String field, String shown, boolean mandatory, boolean readOnly) {

    static InputJson of(LeadForm.Offered offered) {
      FormInput input = offered.input();
      return new InputJson(
          input.key(),
          input.entity().key(),
          input.field(),
          input.shown().name().toLowerCase(Locale.ROOT).replace('_', '-'),
          input.mandatory(),
          offered.readOnly());
    }
  }

  /** The inputs in the order of the form. */
  record FormJson(List<InputJson> inputs) {}

  /** A filled in form: values by the keys of inputs, and of further fields of leads. */
  record NewForm(@Nullable Map<String, @Nullable Object> values) {}

  /**
   * A changed form.
   *
   * @param comment why the stage changes
   */
  record ChangedForm(
      @Nullable Integer version,
      @Nullable Map<String, @Nullable Object> values,
      @Nullable String comment) {}

  @Operation(summary = "The inputs of the complete form of leads, and when each is shown")
  @GetMapping("/form")
  @Needs(section = Section.LEAD, value = Action.VIEW)
  FormJson inputs() {
    return new FormJson(form.inputs(caller.rights()).stream().map(InputJson::of).toList());
  }

  @Operation(
      summary =
          "Creates a lead from the complete form, with its company and contact where they are new",
      description =
          """
          Give "account" (the existing company), or "newCompany": true with "companyName", "companyWebsite" and "companyTin";
          and "contact" (the existing contact), or "newContact": true with "firstName" and "lastName" and, as you like,
          "middleName", "contactPhone" and "contactEmail". A value for an input that is hidden is refused. A refusal names all
          inputs that fail, and then nothing is stored. Beside the inputs, every further field of leads can be given. With an
          Idempotency-Key a repetition is answered like the first try and writes nothing. POST /leads takes leads that come in
          without a form.
          """)
  @PostMapping("/form")
  @Needs(section = Section.LEAD, value = Action.CREATE)
  ResponseEntity<?> create(@RequestBody NewForm body, HttpServletRequest request) {
    Rights rights = caller.rights();
    WriteResult result = form.create(values(body.values()), rights, caller.cause(request));
    ResponseEntity<?> answer = answers.of(result, null, rights);
    return result instanceof WriteResult.Written written
        ? ResponseEntity.created(URI.create("/api/v1/leads/" + written.ref().id()))
            .body(answer.getBody())
        : answer;
  }

  @Operation(
      summary = "Changes a lead by the complete form",
      description =
          """
          Takes what POST /leads/form takes. Inputs that are not mentioned stay as they are, and are asked for all the same
          when they are mandatory and empty: so the first saving of an incomplete lead names what is missing. With
          an Idempotency-Key a repetition is answered like the first try and writes nothing.
          """)
  @PatchMapping("/{id:[0-9]{1,18}}/form")
  @Needs(section = Section.LEAD, value = Action.EDIT)
  ResponseEntity<?> change(
      @PathVariable long id, @RequestBody ChangedForm body, HttpServletRequest request) {
    Rights rights = caller.rights();
    return answers.of(
        form.change(
            new RecordRef(EntityType.LEAD, id),
            body.version(),
            values(body.values()),
            body.comment(),
            rights,
            caller.cause(request)),
        body.values(),
        rights);
  }

  private static Map<String, @Nullable Object> values(
      @Nullable Map<String, @Nullable Object> given) {
    return given == null ? Map.of() : given;
  }
}
