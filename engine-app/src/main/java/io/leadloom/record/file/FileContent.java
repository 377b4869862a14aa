package io.leadloom.record.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Where the bytes of files lie. Works in the caller's transaction. */
interface FileContent {

  /** Keeps the bytes of a new file. */
  void write(long file, InputStream content) throws IOException;

  /** Hands on the bytes of a file, a piece at a time. */
  void copyTo(long file, OutputStream out) throws IOException;

  void delete(long file);
}
