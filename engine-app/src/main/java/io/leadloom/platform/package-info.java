/** What every room stands on: ids, causes, refusals, paging, the filter grammar, housekeeping. */
@org.springframework.modulith.ApplicationModule(
    displayName = "platform",
    type = org.springframework.modulith.ApplicationModule.Type.OPEN)
@NullMarked
package io.leadloom.platform;

import org.jspecify.annotations.NullMarked;
