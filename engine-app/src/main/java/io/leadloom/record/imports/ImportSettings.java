package io.leadloom.record.imports;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of imports.
 *
 * @param folder where received files wait until their import has ended
 * @param maxSize the largest file accepted
 * @param maxRows the most rows of one file
 * @param chunk how many rows one transaction writes
 * @param parallel how many imports a node runs at the same time
 */
@ConfigurationProperties("leadloom.imports")
public record ImportSettings(
    @DefaultValue("./data/imports") Path folder,
    @DefaultValue("2GB") DataSize maxSize,
    @DefaultValue("5000000") long maxRows,
    @DefaultValue("1000") int chunk,
    @DefaultValue("2") int parallel) {

  /** The file of a job. */
  Path file(long id) {
    return folder.resolve("import-" + id);
  }
}
