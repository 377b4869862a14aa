package io.leadloom.automation.definition;

import io.leadloom.automation.Problem;
import io.leadloom.automation.trigger.Reentry;
import io.leadloom.automation.trigger.Trigger;
import io.leadloom.process.ProcessModel;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a document would be if it were published now.
 *
 * @param problems everything that keeps it from being published; empty when nothing does
 * @param model null when the document is not readable
 * @param trigger null when it has none that can be read
 * @param waits when each wait for time would end that began now, for a record without values
 */
public record Look(
    Automation automation,
    List<Problem> problems,
    @Nullable ProcessModel model,
    @Nullable Trigger trigger,
    Reentry reentry,
    Map<String, Instant> waits) {}
