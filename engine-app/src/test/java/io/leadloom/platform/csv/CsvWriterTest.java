package io.leadloom.platform.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {

  private static String line(String... fields) throws IOException {
    StringWriter out = new StringWriter();
    new CsvWriter(out).row(fields);
    return out.toString();
  }

  @Test
  void linesEndAndFieldsAreQuotedAsTheRfcSays() throws IOException {
    assertThat(line("a", "b,c", "say \"hi\"", "two\r\nlines", ""))
        .isEqualTo("a,\"b,c\",\"say \"\"hi\"\"\",\"two\r\nlines\",\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "\n=1",
        "  =1+1",
        "\uFF1D1+1",
        " \uFF0B1"
      })
  void whatASpreadsheetWouldTakeForAFormulaIsText(String text) throws IOException {
    assertThat(line(text).replace("\"", "")).startsWith("'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-5", "+49301234567", "-12.50", "a=b", "ann@example.com", "2026-01-31"})
  void plainNumbersAndTextsStayAsTheyAre(String text) throws IOException {
    assertThat(line(text)).isEqualTo(text + "\r\n");
  }
}
