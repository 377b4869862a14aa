/** Automations through the real parts: records, journal, rules, processes, deliveries. */
@org.jspecify.annotations.NullMarked
package io.leadloom.automation;
