/** How the page of a lead looks for whom: details views, the teams that have them, and people's own tabs. */
@NullMarked
package io.leadloom.record.view;

import org.jspecify.annotations.NullMarked;
