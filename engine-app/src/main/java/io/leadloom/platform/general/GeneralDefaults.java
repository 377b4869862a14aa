package io.leadloom.platform.general;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the switches stand until an administrator sets them (SET-014).
 *
 * @param duplicateContacts whether contacts may have the e-mail address or phone number of another
 */
@ConfigurationProperties("leadloom.general")
record GeneralDefaults(@DefaultValue("false") boolean duplicateContacts) {}
