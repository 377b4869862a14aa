package io.leadloom.testing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotatedElementUtils;

/**
 * Runs the test classes that share an application context one after the other, those without a context first. A context
 * can then be closed as soon as the next one is there (see {@code spring.test.context.cache.maxSize} in the parent POM):
 * dozens of applications that stay open look after their timers, journals and deliveries, and slow the tests down that
 * are still to come.
 */
public final class ContextOrder implements ClassOrderer {

  @Override
  public void orderClasses(ClassOrdererContext context) {
    context
        .getClassDescriptors()
        .sort(
            Comparator.comparing((ClassDescriptor each) -> settings(each.getTestClass()))
                .thenComparing(each -> each.getTestClass().getName()));
  }

  /** The same text for classes with the same context; empty for a class that has none. */
  private static String settings(Class<?> test) {
    LeadloomTest application = AnnotatedElementUtils.findMergedAnnotation(test, LeadloomTest.class);
    if (application == null) {
      return "";
    }
    Import beans = AnnotatedElementUtils.findMergedAnnotation(test, Import.class);
    String imported =
        beans == null
            ? ""
            : Arrays.stream(beans.value()).map(Class::getName).collect(Collectors.joining(","));
    return "application " + imported + " " + String.join(",", application.properties());
  }
}
