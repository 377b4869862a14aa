package io.leadloom.record.form;

import io.leadloom.platform.Cause;
import io.leadloom.platform.RecordRef;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Records;
import io.leadloom.record.WriteAttempts;
import io.leadloom.record.WriteResult;
import io.leadloom.schema.FieldConversion;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import io.leadloom.schema.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * The complete form of leads, as people fill it in and programs for them (LEAD-164 to LEAD-205): lead, company and contact
 * are written together or not at all, and a refusal names every input that fails.
 */
@Component
public class LeadForm {

  private final Records records;
  private final Schemas schemas;
  private final FieldConversion conversion;
  private final WriteAttempts attempts;

  LeadForm(
      Records records,
      Schemas schemas,
      FieldConversion conversion,
      PlatformTransactionManager transactions) {
    this.records = records;
    this.schemas = schemas;
    this.conversion = conversion;
    this.attempts = new WriteAttempts(transactions);
  }

  /**
   * An input as somebody has it.
   *
   * @param readOnly whether the reader may not fill it in
   */
  public record Offered(FormInput input, boolean readOnly) {}

  /** The inputs that somebody sees, in the order of the form. */
  public List<Offered> inputs(Rights rights) {
    boolean withoutCompany = schemas.current().leadSettings().withoutCompany();
    return FormInput.ALL.stream()
        .filter(input -> !rights.hides(input.entity(), input.field()) && input.open(rights))
        .map(
            input ->
                new Offered(
                    new FormInput(
                        input.key(),
                        input.entity(),
                        input.field(),
                        input.shown(),
                        input.mandatory() && !(withoutCompany && input.ofCompany())),
                    rights.onlyReads(input.entity(), input.field())))
        .toList();
  }

  /**
   * Writes a new lead, and with it a new company and a new contact where the entry says so (VOC-005).
   *
   * @param given the values by the keys of the inputs, and of further fields of leads, in JSON-natural form
   */
  public WriteResult create(Map<String, @Nullable Object> given, Rights rights, Cause cause) {
    return attempts.run(() -> save(null, null, given, null, rights, cause));
  }

  /**
   * Changes a lead by what its form says; inputs that are not mentioned stay as they are.
   *
   * @param version the version that the writer has seen; null to write whatever stands there
   * @param comment why the stage changes; null for none
   */
  public WriteResult change(
      RecordRef lead,
      @Nullable Integer version,
      Map<String, @Nullable Object> given,
      @Nullable String comment,
      Rights rights,
      Cause cause) {
    return attempts.run(() -> save(lead, version, given, comment, rights, cause));
  }

  private WriteResult save(
      @Nullable RecordRef lead,
      @Nullable Integer version,
      Map<String, @Nullable Object> given,
      @Nullable String comment,
      Rights rights,
      Cause cause) {
    Records within = records.as(rights);
    Values before = Values.none();
    if (lead != null) {
      var found = within.find(lead).filter(record -> record.trashedAt() == null);
      if (found.isEmpty()) {
        return new WriteResult.Missing(lead);
      }
      before = found.get().values();
    }
    Schema schema = schemas.current().visibleTo(rights);
    FormEntry entry = new FormEntry(given, before, schema, conversion, rights);
    FormWork work = new FormWork(within, entry, before, rights, cause);
    return work.save(lead, version, comment);
  }
}
