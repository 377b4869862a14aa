/** Notices to users inside the app. */
@NullMarked
package io.leadloom.automation.notice;

import org.jspecify.annotations.NullMarked;
