package io.leadloom.decision;

import io.leadloom.schema.Comparison;
import io.leadloom.schema.FieldType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A criterion that fits the schema and the place where it stands.
 *
 * @param key the key of the field as the schema spells it; empty for operators without a field
 * @param type the type of the field
 * @param comparison what is asked of the field; null for operators without a field
 * @param activityType for past activities: the key of the wanted type; null for any
 * @param neededTypes for past activities: the types whose history must be at hand
 * @param where for past activities: what else the same activity must meet
 */
record CheckedCriterion(
    Criterion criterion,
    FactKind kind,
    String key,
    FieldType type,
    @Nullable Comparison comparison,
    @Nullable String activityType,
    Set<String> neededTypes,
    List<CheckedCriterion> where) {}
