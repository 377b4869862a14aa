package io.leadloom.platform.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir Path folder;

  @Test
  void what_is_sealed_opens_with_the_same_key_and_purpose_only() {
    Vault vault = vault(KEY);
    byte[] sealed = vault.seal("s3cret ☂", "mail");
    assertThat(vault.open(sealed, "mail")).isEqualTo("s3cret ☂");
    assertThat(vault.seal("s3cret ☂", "mail")).as("a fresh nonce each time").isNotEqualTo(sealed);
    assertThatThrownBy(() -> vault.open(sealed, "other")).isInstanceOf(VaultException.class);
    byte[] other = new byte[32];
    other[0] = 1;
    assertThatThrownBy(() -> vault(Base64.getEncoder().encodeToString(other)).open(sealed, "mail"))
        .isInstanceOf(VaultException.class)
        .hasMessageContaining("leadloom.secret-key")
        .hasMessageNotContaining("s3cret");
    sealed[sealed.length - 1] ^= 1;
    assertThatThrownBy(() -> vault.open(sealed, "mail")).isInstanceOf(VaultException.class);
    assertThatThrownBy(() -> vault.open(new byte[3], "mail")).isInstanceOf(VaultException.class);
  }

  @Test
  void the_key_file_is_made_when_needed_and_readable_by_its_owner_only() throws IOException {
    Path file = folder.resolve("data/secret.key");
    Vault vault = new VaultConfiguration().vault(new VaultSettings(null, file, List.of(), false));
    assertThat(file).doesNotExist();
    byte[] sealed = vault.seal("s3cret", "mail");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(
            new VaultConfiguration()
                .vault(new VaultSettings(null, file, List.of(), false))
                .open(sealed, "mail"))
        .isEqualTo("s3cret");
    try (var files = Files.list(file.getParent())) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void a_key_that_is_none_stops_the_start() {
    assertThatThrownBy(() -> vault("short")).hasMessageContaining("openssl rand -base64 32");
  }

  private Vault vault(String key) {
    return new VaultConfiguration()
        .vault(new VaultSettings(key, folder.resolve("unused"), List.of(), false));
  }
}
