package io.leadloom.record.imports.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

  @TempDir private Path folder;

  private List<Row> rows(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes);
    Charset encoding = TextEncoding.of(file);
    try (CsvTable table =
        new CsvTable(file, encoding, Delimiter.of(CsvTable.sample(file, encoding)))) {
      return rest(table);
    }
  }

  private static List<Row> rest(Table table) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(0, table.header(), null));
    for (Row row = table.next(); row != null; row = table.next()) {
      rows.add(row);
    }
    return rows;
  }

  private List<Row> rows(String text) throws IOException {
    return rows(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t", "|"})
  void theDelimiterIsFoundEvenWhenOthersStandInTheCells(String delimiter) throws IOException {
    String text = "a_b_c\n1_\"x,y;z|w\tv\"_3\n4_5_6\n".replace("_", delimiter);
    List<Row> rows = rows(text);
    assertThat(rows.get(0).cells()).containsExactly("a", "b", "c");
    assertThat(rows.get(1).cells()).containsExactly("1", "x,y;z|w\tv", "3");
    assertThat(rows.get(2).cells()).containsExactly("4", "5", "6");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252"})
  void theEncodingIsFoundWithAndWithoutByteOrderMark(String name) throws IOException {
    Charset encoding = Charset.forName(name);
    String text = "name,city\nJosé Müller,Köln\nZoë,Düsseldorf\n";
    assertThat(rows(text.getBytes(encoding)).get(1).cells()).containsExactly("José Müller", "Köln");
    if (name.startsWith("UTF")) {
      List<Row> marked = rows(("\uFEFF" + text).getBytes(encoding));
      assertThat(marked.get(0).cells()).containsExactly("name", "city");
      assertThat(marked.get(2).cells()).containsExactly("Zoë", "Düsseldorf");
    }
  }

  @Test
  void aWindowsLetterAtTheEndOfALongFileIsSeen() throws IOException {
    byte[] text = ("name\n" + "Ana\n".repeat(100_000) + "José\n").getBytes("windows-1252");
    List<Row> rows = rows(text);
    assertThat(rows.get(rows.size() - 1).cells()).containsExactly("José");
  }

  @Test
  void quotesLineBreaksAndBlankLinesAreRead() throws IOException {
    List<Row> rows = rows("a,b\r\n\"say \"\"hi\"\"\",\"two\nlines\"\r\n\r\nx,y\r\n");
    assertThat(rows.get(1)).isEqualTo(new Row(2, List.of("say \"hi\"", "two\nlines"), null));
    assertThat(rows.get(2).blank()).isTrue();
    assertThat(rows.get(3)).isEqualTo(new Row(4, List.of("x", "y"), null));
  }

  @Test
  void aQuoteThatIsNeverClosedCostsOnlyItsRow() throws IOException {
    List<Row> rows = rows("a,b\n1,2\n\"3,4\n5,6\n7,8\n");
    assertThat(rows).hasSize(5);
    assertThat(rows.get(2).problem().expectation()).startsWith("a closing quote");
    assertThat(rows.get(2).number()).isEqualTo(3);
    assertThat(rows.get(3)).isEqualTo(new Row(4, List.of("5", "6"), null));
    assertThat(rows.get(4)).isEqualTo(new Row(5, List.of("7", "8"), null));
  }

  @Test
  void aCellOfTenMegabytesAndARowOfTooManyCellsCostOnlyTheirRows() throws IOException {
    Path file = folder.resolve("long");
    try (Writer out = Files.newBufferedWriter(file)) {
      out.write("a,b\n1,");
      out.write("x".repeat(10 * 1024 * 1024));
      out.write("\n" + "1,".repeat(5_000) + "\n3,4\n");
    }
    try (CsvTable table = new CsvTable(file, StandardCharsets.UTF_8, ',')) {
      List<Row> rows = rest(table);
      assertThat(rows.get(1).problem().field()).isEqualTo("cell 2");
      assertThat(rows.get(1).problem().expectation()).contains("1048576");
      assertThat(rows.get(2).problem().expectation()).contains("1000 cells");
      assertThat(rows.get(3).cells()).containsExactly("3", "4");
    }
  }

  @Test
  void anEndlessQuotedCellIsLeftAfterSixteenMillionCharacters() throws IOException {
    Path file = folder.resolve("endless");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("a,b\n\"never closed,1\n");
      for (int i = 0; i < 3_000_000; i++) {
        out.write("12345,67\n");
      }
    }
    try (CsvTable table = new CsvTable(file, StandardCharsets.UTF_8, ',')) {
      assertThat(table.next().problem()).isNotNull();
      long rows = 0;
      while (table.next() != null) {
        rows++;
      }
      assertThat(rows).isEqualTo(3_000_000);
    }
  }

  @Test
  void manyBrokenQuotesEndTheReading() throws IOException {
    // Each opens at the start of a cell and the number of quotes is odd, so none closes another.
    String text = "a\n" + "\"x\"y\"\n".repeat(200) + "\"open\n".repeat(1);
    assertThat(rows(text)).isNotEmpty();
    assertThatThrownBy(() -> rows(""))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("no header");
    assertThatThrownBy(() -> rows("\"never closed"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("header");
  }
}
