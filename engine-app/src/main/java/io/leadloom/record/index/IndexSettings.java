package io.leadloom.record.index;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the search index.
 *
 * @param directory where each node keeps its index; {@code memory} for one that is built anew at each start
 * @param patience how long a search waits until the index has what was committed before it; after that it answers from
 *     what is there
 * @param saveEvery how often the index is saved; what came after the last saving is read from the journal at the next
 *     start
 */
@ConfigurationProperties("leadloom.search")
record IndexSettings(
    @DefaultValue("./data/search") String directory,
    @DefaultValue("2s") Duration patience,
    @DefaultValue("30s") Duration saveEvery) {}
