package io.leadloom.record.imports.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class CsvTableProperties {

  private static List<Row> read(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("leadloom-csv", null);
    try {
      Files.write(file, bytes);
      Charset encoding = TextEncoding.of(file);
      char delimiter = Delimiter.of(CsvTable.sample(file, encoding));
      List<Row> rows = new ArrayList<>();
      try (CsvTable table = new CsvTable(file, encoding, delimiter)) {
        rows.add(new Row(0, table.header(), null));
        for (Row row = table.next(); row != null; row = table.next()) {
          rows.add(row);
        }
      }
      return rows;
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 1_000)
  void arbitraryBytesGiveRowsOrAClearRefusal(@ForAll @Size(max = 300) byte[] bytes)
      throws IOException {
    check(bytes);
  }

  @Property(tries = 1_000)
  void arbitraryMixesOfSpecialCharactersGiveRowsOrAClearRefusal(@ForAll("mixes") String text)
      throws IOException {
    check(text.getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<String> mixes() {
    return Arbitraries.strings().withChars("\",;\t|\r\n ab'\uFEFF\u0000é").ofMaxLength(200);
  }

  private static void check(byte[] bytes) throws IOException {
    try {
      List<Row> rows = read(bytes);
      assertThat(rows.size()).isLessThanOrEqualTo(bytes.length + 2);
      long number = 0;
      for (Row row : rows.subList(1, rows.size())) {
        assertThat(row.number()).isGreaterThan(number);
        number = row.number();
      }
    } catch (UnreadableFileException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Property(tries = 500)
  void whatIsWrittenWithQuotesIsReadBack(
      @ForAll("cells") @Size(min = 1, max = 20) List<List<String>> rows) throws IOException {
    StringBuilder text = new StringBuilder("one,two,three\n");
    for (List<String> row : rows) {
      text.append(
          String.join(
              ",", row.stream().map(cell -> '"' + cell.replace("\"", "\"\"") + '"').toList()));
      text.append('\n');
    }
    List<Row> read = read(text.toString().getBytes(StandardCharsets.UTF_8));
    assertThat(read.subList(1, read.size()).stream().map(Row::cells)).isEqualTo(rows);
  }

  @Provide
  Arbitrary<List<List<String>>> cells() {
    return Arbitraries.strings()
        .withChars("\",;\t|\n abcäß")
        .ofMaxLength(12)
        .list()
        .ofSize(3)
        .list();
  }
}
