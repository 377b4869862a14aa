package io.leadloom.record.calling.upload;

import io.leadloom.record.imports.ImportSettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The files of uploads, beside those of imports and within the same limits (LEAD-054). */
@Component
class UploadFiles {

  private static final Logger LOG = LoggerFactory.getLogger(UploadFiles.class);
  private static final String PREFIX = "list-upload-";

  private final ImportSettings settings;

  UploadFiles(ImportSettings settings) {
    this.settings = settings;
  }

  Path folder() {
    return settings.folder();
  }

  Path of(long id) {
    return settings.folder().resolve(PREFIX + id);
  }

  long mostBytes() {
    return settings.maxSize().toBytes();
  }

  long mostRows() {
    return settings.maxRows();
  }

  int parallel() {
    return settings.parallel();
  }

  void delete(long id) {
    try {
      Files.deleteIfExists(of(id));
    } catch (IOException e) {
      LOG.warn("The file of upload {} stays: {}", id, e.getMessage());
    }
  }

  /** Whether a file has been here for a day, so that nobody can still be sending it. */
  boolean old(long id, Instant now) {
    try {
      Instant modified = Files.getLastModifiedTime(of(id)).toInstant();
      return modified.isBefore(now.minus(Duration.ofDays(1)));
    } catch (IOException e) {
      return false;
    }
  }

  /** The ids of all uploads whose file is here. */
  List<Long> all() {
    List<Long> ids = new ArrayList<>();
    if (Files.isDirectory(folder())) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(folder(), PREFIX + "*")) {
        for (Path file : found) {
          String id = file.getFileName().toString().substring(PREFIX.length());
          if (id.matches("[0-9]{1,18}")) {
            ids.add(Long.valueOf(id));
          }
        }
      } catch (IOException e) {
        LOG.warn("Cannot look for files of uploads: {}", e.getMessage());
      }
    }
    return ids;
  }
}
