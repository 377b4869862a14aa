package io.leadloom.schema.deal;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.schema.Field;
import io.leadloom.schema.FieldType;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Says which field of a lead goes to which field of a deal, a client or a contact (LEAD-157 to LEAD-163). */
@Component
public class MappingDefinitions {

  /** What conversion sets by itself, or Leadloom keeps. */
  private static final Set<String> KEPT =
      Set.of("contact", "lead", "pipeline", "stage", "status", "client", "starred");

  private final JdbcTemplate jdbc;
  private final Schemas schemas;
  private final DealRows rows;
  private final AuditTrail trail;
  private final TransactionTemplate transaction;

  MappingDefinitions(
      JdbcTemplate jdbc,
      Schemas schemas,
      DealRows rows,
      AuditTrail trail,
      PlatformTransactionManager transactions) {
    this.jdbc = jdbc;
    this.schemas = schemas;
    this.rows = rows;
    this.trail = trail;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** A lead field and where it goes; ids of fields. */
  public record Pair(@Nullable Long lead, @Nullable Long target) {}

  /** The fields of leads, in display order. */
  public static List<Field> leadFields(Schema schema) {
    return schema.fields(EntityType.LEAD).stream()
        .filter(
            field ->
                !field.key().startsWith("converted")
                    && !field.key().equals("contact")
                    && !field.key().equals("incomplete"))
        .toList();
  }

  /** The fields that can take values on a page, in display order. */
  public static List<Field> targets(MappingPage page, Schema schema) {
    List<Field> targets = new ArrayList<>();
    for (EntityType entity : page.targets()) {
      schema.fields(entity).stream()
          .filter(field -> !field.readOnly())
          .filter(
              field ->
                  !field.system()
                      || !KEPT.contains(field.key())
                      || (field.key().equals("stage") && entity == EntityType.ACCOUNT))
          .filter(
              field ->
                  page != MappingPage.CLIENT
                      || !field.system()
                      || field.type() != FieldType.RECORD_LINK)
          .forEach(targets::add);
    }
    return targets;
  }

  /** Whether every value of one field is a value of the other, unchanged (LEAD-159, LEAD-160). */
  public static boolean fits(Field from, Field to) {
    return switch (to.type()) {
      case TEXT ->
          switch (from.type()) {
            case TEXT, DROPDOWN, EMAIL, PHONE, URL -> true;
            default -> false;
          };
      case LONG_TEXT ->
          switch (from.type()) {
            case TEXT, LONG_TEXT, DROPDOWN, EMAIL, PHONE, URL -> true;
            default -> false;
          };
      case DROPDOWN, MULTI_SELECT ->
          from.type() == to.type() && to.options().containsAll(from.options());
      case RECORD_LINK -> from.type() == to.type() && from.link() == to.link();
      default -> from.type() == to.type();
    };
  }

  /** Puts these pairs in place of the former ones; records that were converted before stay as they are. */
  public Map<Long, Long> update(MappingPage page, List<Pair> asked) {
    transaction.executeWithoutResult(
        status -> {
          jdbc.update("update schema_state set version = version + 1 where id = 1");
          Schema schema = schemas.latest();
          Map<Long, Long> before = schema.deals().pairs().getOrDefault(page, Map.of());
          Map<Long, Long> after = checked(page, asked, schema);
          rows.pairs(page, after);
          trail.record(
              AuditEvent.of("mapping.changed", "mapping", page.key(), page.key())
                  .change("pairs", named(before, schema), named(after, schema)));
        });
    return schemas.latest().deals().pairs().getOrDefault(page, Map.of());
  }

  private static List<String> named(Map<Long, Long> pairs, Schema schema) {
    List<String> named = new ArrayList<>();
    pairs.forEach(
        (lead, target) ->
            schema
                .field(lead)
                .ifPresent(
                    from ->
                        schema
                            .field(target)
                            .ifPresent(
                                to ->
                                    named.add(
                                        from.key() + " > " + to.entity().key() + "." + to.key()))));
    return named;
  }

  private static Map<Long, Long> checked(MappingPage page, List<Pair> asked, Schema schema) {
    List<Field> leads = leadFields(schema);
    List<Field> targets = targets(page, schema);
    Map<Long, Long> pairs = new LinkedHashMap<>();
    Set<Long> used = new HashSet<>();
    List<Violation> violations = new ArrayList<>();
    for (Pair pair : asked) {
      Field from = one(leads, pair.lead());
      Field to = one(targets, pair.target());
      if (from == null || pairs.containsKey(from.id())) {
        violations.add(Violation.of("lead", pair.lead(), "the id of a field of leads, once"));
      } else if (to == null) {
        violations.add(
            Violation.of(from.key(), pair.target(), "the id of a field that takes values"));
      } else if (!used.add(to.id())) {
        violations.add(
            Violation.of(from.key(), to.label(), "a field that no other field of leads goes to"));
      } else if (!fits(from, to)) {
        violations.add(
            Violation.of(
                from.key(),
                to.label(),
                "a field that can hold every value of " + from.label() + " unchanged"));
      } else {
        pairs.put(from.id(), to.id());
      }
    }
    if (!violations.isEmpty()) {
      throw new RefusedException(
          RefusedException.Reason.INVALID, "The mapping is not acceptable", violations);
    }
    return pairs;
  }

  private static @Nullable Field one(List<Field> fields, @Nullable Long id) {
    return fields.stream()
        .filter(field -> Long.valueOf(field.id()).equals(id))
        .findFirst()
        .orElse(null);
  }
}
