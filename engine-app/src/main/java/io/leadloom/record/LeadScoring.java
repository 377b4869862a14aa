package io.leadloom.record;

import io.leadloom.schema.Schema;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What leads earn by their values, for the write path: so a lead has its score as soon as it is saved, in the row that is
 * written anyway (LEAD-149, LEAD-150, LEAD-152). Without one, leads have what they earn by activities and are given.
 */
public interface LeadScoring {

  /** The scale that holds with these definitions; settings of the score that change count as a change of definitions. */
  Scale scale(Schema schema);

  /** What values are worth. Thread-safe. */
  interface Scale {

    /** The keys of the fields that can earn points; a change of others leaves them as they are. */
    Set<String> reads();

    /** What a lead earns by its values. */
    long points(Function<String, @Nullable Object> values);

    /** A total in percent of what can be reached, 0 to 100. */
    int percentage(long total);
  }
}
