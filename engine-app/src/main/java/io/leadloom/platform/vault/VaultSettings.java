package io.leadloom.platform.vault;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the key of the vault comes from.
 *
 * @param secretKey the key: 32 bytes in Base64; all nodes need the same. Null to use the key file
 * @param secretKeyFile the file that holds the key; it is made, readable by its owner only, when it is missing
 * @param previousSecretKeys older keys that still open what they sealed; it is sealed again with the present key
 * @param acceptNewSecretKey whether to start although the key is another one than before: what is sealed is lost
 */
@ConfigurationProperties("leadloom")
record VaultSettings(
    @Nullable String secretKey,
    @DefaultValue("./data/secret.key") Path secretKeyFile,
    @DefaultValue List<String> previousSecretKeys,
    @DefaultValue("false") boolean acceptNewSecretKey) {}
