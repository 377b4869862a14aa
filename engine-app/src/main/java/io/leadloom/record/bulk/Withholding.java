package io.leadloom.record.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.filter.FilterGrammar;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.schema.Schemas;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps values of hidden fields back from those who see a bulk action that they did not make. */
@Component
public class Withholding {

  private final RecordSearch search;
  private final Schemas schemas;

  Withholding(RecordSearch search, Schemas schemas) {
    this.search = search;
    this.schemas = schemas;
  }

  /** The bulk action as somebody sees it; the same one when nothing is kept back. */
  public BulkAction seen(BulkAction job, Rights rights) {
    boolean open =
        rights.everything()
            || Objects.equals(job.createdBy(), rights.userId())
            || Arrays.stream(EntityType.values()).noneMatch(rights::keepsFields);
    if (open) {
      return job;
    }
    JsonNode settings = settings(job, rights);
    String filter = filter(job, rights);
    return settings.equals(job.settings()) && Objects.equals(filter, job.filter())
        ? job
        : job.withheld(settings, filter);
  }

  private static JsonNode settings(BulkAction job, Rights rights) {
    JsonNode settings = job.settings().deepCopy();
    if (settings.path("values") instanceof ObjectNode values) {
      List<String> keys = new ArrayList<>();
      values.fieldNames().forEachRemaining(keys::add);
      keys.removeIf(key -> !rights.hides(job.entity(), key));
      values.remove(keys);
    }
    if (settings instanceof ObjectNode all && rights.hides(job.entity(), "owner")) {
      all.remove("owners");
    }
    return settings;
  }

  /** A filter with which somebody could not search himself says what stands in fields that he does not see. */
  private @Nullable String filter(BulkAction job, Rights rights) {
    String filter = job.filter();
    if (filter == null) {
      return null;
    }
    try {
      search.check(job.entity(), FilterGrammar.parse(filter), schemas.current(), rights);
      return filter;
    } catch (RefusedException e) {
      return null;
    }
  }
}
