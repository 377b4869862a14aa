package io.leadloom.decision;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.util.EnumMap;
import java.util.Map;
import org.kie.api.KieBase;
import org.kie.api.definition.type.FactField;
import org.kie.api.definition.type.FactType;

/** Makes facts of the declared types. */
final class FactTypes {

  /** Makes one fact from its values in the order of the declaration. */
  private interface Maker {
    Object make(Object[] values) throws Throwable;
  }

  private final Map<FactKind, Maker> makers = new EnumMap<>(FactKind.class);

  FactTypes(KieBase base, String packageName, FactModel model) {
    for (FactKind kind : FactKind.values()) {
      if (model.uses(kind)) {
        makers.put(kind, maker(base.getFactType(packageName, kind.typeName())));
      }
    }
  }

  private static Maker maker(FactType type) {
    int fields = type.getFields().size();
    for (Constructor<?> constructor : type.getFactClass().getConstructors()) {
      if (constructor.getParameterCount() == fields && fields > 0) {
        try {
          MethodHandle handle =
              MethodHandles.publicLookup()
                  .unreflectConstructor(constructor)
                  .asSpreader(Object[].class, fields)
                  .asType(MethodType.methodType(Object.class, Object[].class));
          return values -> (Object) handle.invokeExact(values);
        } catch (IllegalAccessException e) {
          throw new IllegalStateException("Declared types are public", e);
        }
      }
    }
    // Very wide types have no constructor with all fields.
    return values -> {
      Object fact = type.newInstance();
      int i = 0;
      for (FactField field : type.getFields()) {
        field.set(fact, values[i++]);
      }
      return fact;
    };
  }

  Object make(FactKind kind, Object[] values) {
    Maker maker = makers.get(kind);
    if (maker == null) {
      throw new IllegalArgumentException(kind + " is not declared");
    }
    try {
      return maker.make(values);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("A fact cannot be made", e);
    }
  }
}
