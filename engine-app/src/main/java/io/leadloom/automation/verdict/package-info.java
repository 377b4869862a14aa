/**
 * What conditions are asked about and what they said: answers of webhooks, which verdicts still hold although records have
 * changed since, how a record was when something happened, and what said no to a start.
 */
@NullMarked
package io.leadloom.automation.verdict;

import org.jspecify.annotations.NullMarked;
