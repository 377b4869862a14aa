package io.leadloom.platform.vault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds or makes the key of the vault; reads and writes no database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(VaultSettings.class)
public class VaultConfiguration {

  private static final int BYTES = 32;

  /** A key that is set is checked at once; the key file is touched only when there is something to seal. */
  @Bean
  Vault vault(VaultSettings settings) {
    List<SecretKey> previous =
        settings.previousSecretKeys().stream()
            .map(text -> parse(text, "leadloom.previous-secret-keys"))
            .toList();
    String configured = settings.secretKey();
    if (configured != null && !configured.isBlank()) {
      SecretKey key = parse(configured, "leadloom.secret-key");
      return new Vault(() -> key, previous);
    }
    return new Vault(() -> fromFile(settings.secretKeyFile()), previous);
  }

  private static SecretKey fromFile(Path file) {
    try {
      if (!Files.exists(file)) {
        create(file);
      }
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("The key file " + file + " cannot be used", e);
    }
  }

  /** Writes beside and links, so that of two nodes that start together one makes the key and both read the same. */
  private static void create(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    Path fresh = Files.createTempFile(folder, "secret", ".key", ownerOnly());
    try {
      Files.writeString(fresh, Base64.getEncoder().encodeToString(bytes));
      try {
        Files.createLink(file, fresh);
      } catch (FileAlreadyExistsException e) {
        return;
      } catch (UnsupportedOperationException e) {
        Files.copy(fresh, file);
      }
    } finally {
      Files.delete(fresh);
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static SecretKey parse(String text, String where) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      bytes = new byte[0];
    }
    if (bytes.length != BYTES) {
      throw new IllegalStateException(
          where + " must hold 32 bytes in Base64; make one with: openssl rand -base64 32");
    }
    return new SecretKeySpec(bytes, "AES");
  }
}
