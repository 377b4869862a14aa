package io.leadloom.record.imports.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class XlsxTableTest {

  @TempDir private Path folder;

  private Path workbook() throws IOException {
    Path file = folder.resolve("workbook.xlsx");
    try (OutputStream out = Files.newOutputStream(file);
        Workbook workbook = new Workbook(out, "Leadloom", "1.0")) {
      Worksheet sheet = workbook.newWorksheet("Leads");
      String[] header = {"Name", "Visits", "Rate", "Born", "Seen", "Hot", "Code"};
      for (int i = 0; i < header.length; i++) {
        sheet.value(0, i, header[i]);
      }
      sheet.value(1, 0, "José <Müller> & Co");
      sheet.value(1, 1, 660737);
      sheet.value(1, 2, 0.1 + 0.2);
      sheet.value(1, 3, LocalDate.of(1990, 5, 17));
      sheet.style(1, 3).format("yyyy-mm-dd").set();
      sheet.value(1, 4, LocalDateTime.of(2026, 1, 31, 14, 30, 15));
      sheet.style(1, 4).format("dd/mm/yyyy hh:mm").set();
      sheet.value(1, 5, true);
      sheet.value(1, 6, "007");
      sheet.value(3, 0, "After a blank row");
      sheet.value(3, 1, 1e15);
      sheet.style(3, 1).format("#,##0.00 \"days\"").set();
      workbook.newWorksheet("Other").value(0, 0, "not read");
    }
    return file;
  }

  private static List<Row> rows(Path file) {
    List<Row> rows = new ArrayList<>();
    try (XlsxTable table = new XlsxTable(file, XlsxGuard.check(file))) {
      rows.add(new Row(0, table.header(), null));
      for (Row row = table.next(); row != null; row = table.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  @Test
  void numbersDatesMomentsAndTruthValuesAreReadAsWhatTheyAre() throws IOException {
    List<Row> rows = rows(workbook());
    assertThat(rows.get(0).cells())
        .containsExactly("Name", "Visits", "Rate", "Born", "Seen", "Hot", "Code");
    assertThat(rows.get(1).cells())
        .containsExactly(
            "José <Müller> & Co",
            "660737",
            "0.3",
            "1990-05-17",
            "2026-01-31T14:30:15",
            "true",
            "007");
    assertThat(rows.get(2).number()).isEqualTo(4);
    assertThat(rows.get(2).cells()).startsWith("After a blank row", "1000000000000000");
    assertThat(rows).hasSize(3);
  }

  /** The workbook with one of its parts replaced. */
  private Path with(String part, byte[] content) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(workbook().toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
      }
    }
    parts.put(part, content);
    Path file = folder.resolve("changed.xlsx");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : parts.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return file;
  }

  private static void refused(Path file, String reason) {
    assertThatThrownBy(() -> rows(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aZipBombIsRefusedBeforeItIsParsed() throws IOException {
    refused(with("xl/worksheets/sheet1.xml", new byte[64 * 1024 * 1024]), "zip bomb");
    refused(with("xl/media/image1.png", new byte[64 * 1024 * 1024]), "zip bomb");
  }

  @Test
  void billionLaughsAndOutsideEntitiesAreRefused() throws IOException {
    String laughs =
        "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\"><!ENTITY lol2 \"&lol;&lol;&lol;\">]>"
            + "<sst><si><t>&lol2;</t></si></sst>";
    refused(with("xl/sharedStrings.xml", laughs.getBytes(StandardCharsets.UTF_8)), "DOCTYPE");
    String outside =
        "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet><sheetData/></worksheet>";
    refused(with("xl/worksheets/sheet1.xml", outside.getBytes(StandardCharsets.UTF_8)), "DOCTYPE");
    refused(with("xl/worksheets/sheet1.xml", laughs.getBytes(StandardCharsets.UTF_16)), "UTF-8");
  }

  @Test
  void cellsOutsideTheGridAreRefused() throws IOException {
    String far =
        "<worksheet><sheetData><row r=\"1\"><c r=\"ZZZZZZ1\"><v>1</v></c></row></sheetData></worksheet>";
    refused(with("xl/worksheets/sheet1.xml", far.getBytes(StandardCharsets.UTF_8)), "outside");
    String many =
        "<worksheet><sheetData><row>"
            + "<c><v>1</v></c>".repeat(20_000)
            + "</row></sheetData></worksheet>";
    refused(with("xl/worksheets/sheet1.xml", many.getBytes(StandardCharsets.UTF_8)), "outside");
  }

  @Test
  void aCellOfTenMegabytesCostsOnlyItsRow() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < 10 * 1024 * 1024; i++) {
      text.append(Integer.toHexString(i * 1_640_531_527));
    }
    String sheet =
        "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Name</t></is></c></row>"
            + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>"
            + text
            + "</t></is></c></row>"
            + "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>Ana</t></is></c></row>"
            + "<row r=\"4\"><c r=\"A4\" t=\"e\"><v>#N/A</v></c></row>"
            + "</sheetData></worksheet>";
    List<Row> rows = rows(with("xl/worksheets/sheet1.xml", sheet.getBytes(StandardCharsets.UTF_8)));
    assertThat(rows.get(1).problem().expectation()).contains("1048576");
    assertThat(rows.get(2).cells()).containsExactly("Ana");
    assertThat(rows.get(3).problem().expectation()).contains("error");
  }

  @Test
  void whatIsNoWorkbookIsRefused() throws IOException {
    refused(
        Files.write(folder.resolve("a"), "PK\3\4 nothing".getBytes(StandardCharsets.UTF_8)),
        "not a readable");
    refused(with("xl/workbook.xml", "<a".getBytes(StandardCharsets.UTF_8)), "cannot be read");
    refused(with("[Content_Types].xml", new byte[0]), "cannot be read");
  }
}
