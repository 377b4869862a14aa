package io.leadloom.record.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.deal.ConversionKind;
import io.leadloom.record.deal.Conversions;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Converts leads to deals and clients, and contacts to leads (LEAD-104 to LEAD-107, LEAD-161). */
@Tag(name = "Records")
@RestController
@RequestMapping("/api/v1")
class ConversionController {

  private static final String LEAD = "/leads/{id:[0-9]{1,18}}/conversions/{kind}";

  private final Conversions conversions;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final RecordAnswers answers;
  private final Caller caller;

  ConversionController(
      Conversions conversions,
      Schemas schemas,
      FieldConversion conversion,
      RecordAnswers answers,
      Caller caller) {
    this.conversions = conversions;
    this.schemas = schemas;
    this.conversion = conversion;
    this.answers = answers;
    this.caller = caller;
  }

  /**
   * What a conversion would do.
   *
   * @param missing the fields of the lead that have to be filled in first
   * @param values what the deal would get from the lead
   * @param existing the id of what the lead has become already
   */
  record PreviewJson(
      List<String> missing, Map<String, @Nullable Object> values, @Nullable Long existing) {}

  /**
   * A conversion.
   *
   * @param version of the lead that was read
   * @param values of the deal, beside and in place of those that come from the lead
   * @param missing values of the lead that it lacks
   */
  record ConversionBody(
      @Nullable Integer version,
      @Nullable Map<String, @Nullable Object> values,
      @Nullable Map<String, @Nullable Object> missing) {}

  /** Values of the lead that a contact becomes, beside and in place of the contact's. */
  record LeadBody(@Nullable Map<String, @Nullable Object> values) {}

  @GetMapping(LEAD)
  @Needs(section = Section.LEAD, value = Action.EDIT)
  PreviewJson preview(@PathVariable long id, @PathVariable String kind) {
    Conversions.Preview preview = conversions.preview(id, kind(kind), caller.rights());
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    preview
        .values()
        .asMap()
        .forEach((key, value) -> values.put(key, FieldConversion.toNatural(value)));
    return new PreviewJson(preview.missing(), values, preview.existing());
  }

  @PostMapping(LEAD)
  @Needs(section = Section.LEAD, value = Action.EDIT)
  ResponseEntity<RecordJson> convert(
      @PathVariable long id,
      @PathVariable String kind,
      @RequestBody ConversionBody body,
      HttpServletRequest request) {
    Rights rights = caller.rights();
    Conversions.Asked asked =
        new Conversions.Asked(
            body.version(),
            values(EntityType.OPPORTUNITY, body.values(), rights),
            values(EntityType.LEAD, body.missing(), rights));
    return made(conversions.convert(id, kind(kind), asked, rights, caller.cause(request)), rights);
  }

  /** Takes the mark of a converted lead away when what it became is deleted (LEAD-080). */
  @DeleteMapping(LEAD)
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void undo(@PathVariable long id, @PathVariable String kind, HttpServletRequest request) {
    conversions.undo(id, kind(kind), caller.rights(), caller.cause(request));
  }

  /** Makes a lead of a contact. */
  @PostMapping("/contacts/{id:[0-9]{1,18}}/lead")
  @Needs(section = Section.LEAD, value = Action.CREATE)
  ResponseEntity<RecordJson> lead(
      @PathVariable long id, @RequestBody LeadBody body, HttpServletRequest request) {
    Rights rights = caller.rights();
    Values values = values(EntityType.LEAD, body.values(), rights);
    return made(conversions.lead(id, values, rights, caller.cause(request)), rights);
  }

  private Values values(
      EntityType type, @Nullable Map<String, @Nullable Object> given, Rights rights) {
    return NaturalValues.read(type, null, given, schemas.current().visibleTo(rights), conversion)
        .acceptable();
  }

  private ResponseEntity<RecordJson> made(RecordRef ref, Rights rights) {
    return ResponseEntity.created(URI.create("/api/v1/" + ref.type().path() + "/" + ref.id()))
        .body(answers.json(ref, rights));
  }

  private static ConversionKind kind(String kind) {
    return ConversionKind.of(kind).orElseThrow(() -> RefusedException.notFound("conversion", kind));
  }
}
