package io.leadloom.record.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Bytes in the database, in pieces that fit into memory many times over. */
@Component
class DatabaseContent implements FileContent {

  private static final int PIECE = 512 * 1024;

  private final JdbcTemplate jdbc;

  DatabaseContent(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void write(long file, InputStream content) throws IOException {
    int place = 0;
    byte[] piece = content.readNBytes(PIECE);
    while (piece.length > 0) {
      jdbc.update(
          "insert into file_piece (file_id, place, content) values (?, ?, ?)",
          file,
          place++,
          piece);
      piece = content.readNBytes(PIECE);
    }
  }

  @Override
  public void copyTo(long file, OutputStream out) throws IOException {
    Integer pieces =
        jdbc.queryForObject(
            "select count(*) from file_piece where file_id = ?", Integer.class, file);
    for (int place = 0; place < (pieces == null ? 0 : pieces); place++) {
      List<byte[]> piece =
          jdbc.query(
              "select content from file_piece where file_id = ? and place = ?",
              (row, n) -> row.getBytes(1),
              file,
              place);
      if (piece.isEmpty()) {
        throw new FileNotFoundException("File " + file + " was removed while it was read");
      }
      out.write(piece.get(0));
    }
  }

  @Override
  public void delete(long file) {
    jdbc.update("delete from file_piece where file_id = ?", file);
  }
}
