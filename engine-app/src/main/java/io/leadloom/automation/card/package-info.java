/** What cards do: one class per action, with its settings read and checked once per version. */
@NullMarked
package io.leadloom.automation.card;

import org.jspecify.annotations.NullMarked;
