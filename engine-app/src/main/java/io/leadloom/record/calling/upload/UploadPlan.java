package io.leadloom.record.calling.upload;

import io.leadloom.record.imports.file.TableFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the file of an upload is read.
 *
 * @param headers of its columns
 * @param columns the names of the columns of the list that they go to, null for none; empty while nothing is decided
 * @param mapped whether somebody mapped the headers
 */
public record UploadPlan(
    TableFile file, List<String> headers, List<@Nullable String> columns, boolean mapped) {

  public UploadPlan {
    headers = List.copyOf(headers);
    columns = Collections.unmodifiableList(new ArrayList<>(columns));
  }

  /** The headers that go nowhere (LEAD-058). */
  public List<String> ignored() {
    List<String> ignored = new ArrayList<>();
    for (int i = 0; i < headers.size() && !columns.isEmpty(); i++) {
      if (columns.get(i) == null && !headers.get(i).isBlank()) {
        ignored.add(headers.get(i));
      }
    }
    return ignored;
  }
}
