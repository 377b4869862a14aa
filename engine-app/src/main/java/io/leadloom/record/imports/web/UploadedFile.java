package io.leadloom.record.imports.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.RefusedException.Reason;
import io.leadloom.platform.Violation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import org.jspecify.annotations.Nullable;

/**
 * The file in a request, read as a stream: the body itself, or the part {@code file} of a form.
 *
 * @param name the name that the form gives it; null for a body
 */
public record UploadedFile(@Nullable String name, InputStream content) {

  public static UploadedFile of(HttpServletRequest request) throws IOException {
    String type = request.getContentType() == null ? "" : request.getContentType();
    String lower = type.toLowerCase(Locale.ROOT);
    if (lower.startsWith("application/x-www-form-urlencoded")) {
      throw malformed(
          "Content-Type", type, "text/csv, application/octet-stream or the type of an XLSX file");
    }
    if (!lower.startsWith("multipart/")) {
      return new UploadedFile(null, request.getInputStream());
    }
    try {
      FileItemIterator parts = new FileUpload().getItemIterator(new ServletRequestContext(request));
      while (parts.hasNext()) {
        FileItemStream part = parts.next();
        if ("file".equals(part.getFieldName())) {
          return new UploadedFile(part.getName(), part.openStream());
        }
      }
    } catch (FileUploadException e) {
      throw malformed("body", e.getMessage(), "a form that can be read");
    }
    throw malformed("file", null, "a part named file");
  }

  private static RefusedException malformed(
      String place, @Nullable String value, String expectation) {
    return new RefusedException(
        Reason.MALFORMED,
        "The request has no file that can be read",
        List.of(Violation.of(place, value, expectation)));
  }
}
