/** What deals are made of: pipelines with their stages, statuses, and how conversion places the values of leads. */
@NamedInterface("deal")
@NullMarked
package io.leadloom.schema.deal;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
