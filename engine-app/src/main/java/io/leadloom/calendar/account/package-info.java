/** Accounts at Google, Microsoft and Zoom: connecting them by OAuth, their tokens, disconnecting them. */
@NullMarked
package io.leadloom.calendar.account;

import org.jspecify.annotations.NullMarked;
