package io.leadloom.schema;

import java.math.BigDecimal;

/**
 * An amount of money.
 *
 * @param amount the amount, never rounded
 * @param currency the ISO 4217 code, for example {@code EUR}
 */
public record Money(BigDecimal amount, String currency) {}
