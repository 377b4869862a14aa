package io.leadloom.connectors.api;

/**
 * A setting that cannot be right.
 *
 * @param field the key of the setting
 * @param expectation a sentence that says what was expected
 */
public record SettingProblem(String field, String expectation) {}
