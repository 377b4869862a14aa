/** Tables as text that spreadsheets can open without danger. */
@NullMarked
package io.leadloom.platform.csv;

import org.jspecify.annotations.NullMarked;
