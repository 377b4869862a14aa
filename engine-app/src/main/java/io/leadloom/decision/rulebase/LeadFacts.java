package io.leadloom.decision.rulebase;

import io.leadloom.platform.Folded;
import io.leadloom.rules.fact.Lead;
import io.leadloom.schema.Values;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Fills the lead record of the rules module by the names of its components. */
public final class LeadFacts {

  private static final RecordComponent[] COMPONENTS = Lead.class.getRecordComponents();
  private static final Constructor<Lead> CONSTRUCTOR = constructor();

  /** The keys of the fields that the record has room for. */
  public static final Set<String> FIELDS = fields();

  private LeadFacts() {}

  private static Constructor<Lead> constructor() {
    try {
      return Lead.class.getConstructor(
          Arrays.stream(COMPONENTS).map(RecordComponent::getType).toArray(Class<?>[]::new));
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("A public record has a public constructor", e);
    }
  }

  private static Set<String> fields() {
    Set<String> fields = new TreeSet<>();
    for (RecordComponent component : COMPONENTS) {
      fields.add(component.getName());
    }
    fields.remove("id");
    return Set.copyOf(fields);
  }

  /** The lead with this number; values of other types than the record's are left out. */
  public static Lead of(long id, @Nullable Values values) {
    Object[] arguments = new Object[COMPONENTS.length];
    for (int i = 0; i < arguments.length; i++) {
      String name = COMPONENTS[i].getName();
      if (name.equals("id")) {
        arguments[i] = id;
      } else {
        Object value = values == null ? null : values.get(name);
        boolean blank = value instanceof String text && Folded.of(text) == null;
        arguments[i] = !blank && COMPONENTS[i].getType().isInstance(value) ? value : null;
      }
    }
    try {
      return CONSTRUCTOR.newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The lead of the rules module cannot be made", e);
    }
  }
}
