package io.leadloom.automation.tag;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamedTagsTest {

  @Test
  void wordsThatBeginWithABraceHideNoTagBehindThem() {
    String process =
        "<process><documentation>{Sales} welcome</documentation>"
            + "<documentation>{{lead.firstName}} is new</documentation>"
            + "<settings>{\"tags\":[\"Customer\"]}</settings></process>";
    assertThat(NamedTags.of(process)).containsExactly("customer");
  }
}
