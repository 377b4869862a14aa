package io.leadloom.record.duplicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.leadloom.record.duplicate.MatchRows.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as like. */
class LikenessTest {

  private static boolean alike(String name, String company, String other, String otherCompany) {
    Likeness.Form one = Objects.requireNonNull(Likeness.ofPerson(name, company));
    Likeness.Form two = Objects.requireNonNull(Likeness.ofPerson(other, otherCompany));
    return one.block().equals(two.block()) && Likeness.like(one.text(), two.text());
  }

  @ParameterizedTest
  @CsvSource({
    "John Smith, Acme Inc., Smith John, ACME",
    "Dr. Jürgen Müller, Weber GmbH & Co. KG, jurgen muller, Weber",
    "Jon Smith, Acme Ltd, John Smith, Acme Limited",
    "John A. Smith, Acme, John Smith, Acme",
    "Mária Kováčová, Tatra a.s., Maria Kovacova, Tatra",
    "Großmann Eva, Straßenbau AG, Eva Grossmann, Strassenbau",
    "Priya Sharma, Sharma Textiles Pvt Ltd, Priya Sharma, Sharma Textile",
  })
  void spellingVariantsAreLike(String name, String company, String other, String otherCompany) {
    assertThat(alike(name, company, other, otherCompany)).isTrue();
    assertThat(alike(other, otherCompany, name, company)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Jane Smith, Acme, John Smith, Acme",
    "John Smith, Acme, John Smith, Apex",
    "John Smith, Store 12, John Smith, Store 13",
    "Anna Lee, Acme, Anne Lee Wong, Acme",
  })
  void othersAreNot(String name, String company, String other, String otherCompany) {
    assertThat(alike(name, company, other, otherCompany)).isFalse();
  }

  @Test
  void onlyThoseWithTheSameNumbersAreLookedAt() {
    String block = Objects.requireNonNull(Likeness.ofPerson("John Smith", "Store 12")).block();
    assertThat(Objects.requireNonNull(Likeness.ofPerson("Jon Smith", "12 Store")).block())
        .isNotEqualTo(block);
    assertThat(Objects.requireNonNull(Likeness.ofPerson("Jon Smith", "Stor 12 Ltd")).block())
        .isEqualTo(block);
    assertThat(Objects.requireNonNull(Likeness.ofPerson("John Smith", "Store 13")).block())
        .isNotEqualTo(block);
    assertThat(Objects.requireNonNull(Likeness.ofCompany("Store 12 GmbH")).block())
        .isNotEqualTo(Objects.requireNonNull(Likeness.ofCompany("Store 13")).block());
  }

  @Test
  void whoHasNoNameOrNoCompanyIsLikeNobody() {
    assertThat(Likeness.ofPerson(" - ", "Acme")).isNull();
    assertThat(Likeness.ofPerson("John Smith", null)).isNull();
    assertThat(Likeness.ofCompany("!!!")).isNull();
  }

  @Test
  void aCompanyThatIsOnlyALegalFormKeepsIt() {
    assertThat(Objects.requireNonNull(Likeness.ofCompany("Company Ltd")).text())
        .isEqualTo("company ltd\n");
  }

  @Test
  void whatIsKeptFitsIntoTheDatabaseWhateverTheNamesAre() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder name = new StringBuilder();
      int length = random.nextInt(250);
      while (name.length() < length) {
        int code = random.nextInt(4) == 0 ? random.nextInt(0x20000) : 'a' + random.nextInt(26);
        if (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE) {
          name.appendCodePoint(code);
        }
      }
      Likeness.Form form = Likeness.ofPerson(name.toString(), "Acme " + name);
      if (form != null) {
        assertThat(form.text()).hasSizeLessThanOrEqualTo(200).doesNotContain("\u0000");
        assertThat(Likeness.like(form.text(), form.text())).isTrue();
        assertThat(form.text().codePoints())
            .noneMatch(code -> code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE);
      }
    }
  }

  @Test
  void likenessIsTheSameFromBothSides() {
    Random random = new Random(11);
    List<String> texts = texts(random, 60);
    for (String one : texts) {
      for (String other : texts) {
        assertThat(Likeness.like(one, other)).isEqualTo(Likeness.like(other, one));
      }
    }
  }

  private static List<String> texts(Random random, int count) {
    String[] names = {
      "john smith", "jon smith", "john smyth", "jane smith", "jon smithe", "j smith"
    };
    String[] firms = {"acme", "acme tools", "acme tool", "acmee", "acme 12", "acme 13"};
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(names[random.nextInt(names.length)] + "\n" + firms[random.nextInt(firms.length)]);
    }
    return texts;
  }

  /** Whatever comes and goes, groups are what they were if all were compared at once. */
  @Test
  void groupsDoNotDependOnTheOrderInWhichRecordsCameAndWent() {
    Random random = new Random(13);
    for (int round = 0; round < 50; round++) {
      List<Member> members = new ArrayList<>();
      List<String> texts = texts(random, 30);
      for (int step = 0; step < 60; step++) {
        long id = random.nextInt(30) + 1L;
        members.removeIf(member -> member.record() == id);
        if (random.nextInt(3) > 0) {
          members.add(new Member(id, id, texts.get(random.nextInt(30))));
        }
        members.sort((one, other) -> Long.compare(one.record(), other.record()));
        members = new ArrayList<>(DuplicateUpkeep.led(members, id));
        List<Member> fresh =
            members.stream()
                .map(member -> new Member(member.record(), member.record(), member.likeness()))
                .toList();
        assertThat(members).isEqualTo(DuplicateUpkeep.led(fresh, 0));
      }
    }
  }

  @Test
  void allOfAGroupAreLikeItsOldest() {
    List<Member> members = new ArrayList<>();
    List<String> texts = texts(new Random(17), 100);
    for (int i = 0; i < texts.size(); i++) {
      members.add(new Member(i + 1L, i + 1L, texts.get(i)));
    }
    for (Member member : DuplicateUpkeep.led(members, 0)) {
      assertThat(member.leader()).isLessThanOrEqualTo(member.record());
      assertThat(
              Likeness.like(
                  texts.get((int) member.leader() - 1), texts.get((int) member.record() - 1)))
          .isTrue();
    }
  }
}
