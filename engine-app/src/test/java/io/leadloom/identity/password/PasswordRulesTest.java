package io.leadloom.identity.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leadloom.platform.RefusedException;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordRulesTest {

  private static final List<String> OWN =
      Arrays.asList("greta.garbo", "Greta Garbo", "greta@example.com", null);

  private static ThrowingCallable check(String password) {
    return () -> PasswordRules.check("password", password, OWN);
  }

  @ParameterizedTest
  @CsvSource({
    "elevenchars,12 to 200 characters",
    "abababababab,different characters",
    "password2026!,many people use",
    "Leadloom2026!,many people use",
    "123456789012,many people use",
    "QWERTYUIOPasdf,many people use",
    "my greta garbo pw,does not hold your login",
    "1234-Garbo-4321,not your login or name",
    "x greta@example.com,does not hold your login",
  })
  void aRefusalNamesTheRuleAndNeverThePassword(String password, String rule) {
    assertThatThrownBy(check(password))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refusal -> {
              assertThat(refusal.violations()).hasSize(1);
              assertThat(refusal.violations().get(0).expectation()).contains(rule);
              assertThat(refusal.violations().get(0).value()).isNull();
              assertThat(refusal.getMessage()).doesNotContain(password);
            });
  }

  @Test
  void SET040_longPasswordsOfAnyKindDo() {
    assertThatCode(check("long enough!")).doesNotThrowAnyException();
    assertThatCode(check("vier Pferde trinken Tee")).doesNotThrowAnyException();
    assertThatCode(check("ключ от сейфа 7")).doesNotThrowAnyException();
    assertThatCode(check("x".repeat(100) + "abcdefg")).doesNotThrowAnyException();
    assertThatThrownBy(check("abcdefghij".repeat(21))).isInstanceOf(RefusedException.class);
  }

  @Test
  void newHashesAreArgon2AndThoseOfEarlierVersionsStillOpen() {
    Passwords passwords = new Passwords();
    String fresh = passwords.hash("vier Pferde trinken Tee");
    assertThat(fresh).startsWith("{argon2}$argon2id$").hasSizeLessThan(200);
    assertThat(passwords.matches("vier Pferde trinken Tee", fresh)).isTrue();
    assertThat(passwords.matches("vier Pferde trinken Bier", fresh)).isFalse();
    assertThat(passwords.outdated(fresh)).isFalse();
    String old = passwords.lightHash("leadloom");
    assertThat(old).startsWith("{bcrypt}");
    assertThat(passwords.matches("leadloom", old)).isTrue();
    assertThat(passwords.outdated(old)).isTrue();
  }
}
