package io.leadloom.record.mark;

import io.leadloom.record.TagUses.Use;
import java.util.List;
import java.util.Map;

/**
 * What has or names a tag.
 *
 * @param records how many records have it, by the path of their entity; those in the trash count too
 * @param uses what names it
 */
public record TagUsage(Map<String, Long> records, List<Use> uses) {}
