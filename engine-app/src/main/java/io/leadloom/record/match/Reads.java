package io.leadloom.record.match;

import java.util.Set;

/**
 * What a filter looks at, so that one knows which changes can change its answer.
 *
 * @param fields the keys of the fields whose changes matter, those that a derived value is made of in place of it
 * @param anyField whether every change of the record matters
 * @param tags the folded names of tags
 * @param lists the ids of static lists
 * @param activities the keys of activity types
 * @param basis what it was compiled against: the permanent ids of its fields, with a mark of the names of their choices
 * @param moving whether its answer can change by time alone
 */
public record Reads(
    Set<String> fields,
    boolean anyField,
    Set<String> tags,
    Set<Long> lists,
    Set<String> activities,
    Set<String> basis,
    boolean moving) {

  public Reads {
    fields = Set.copyOf(fields);
    tags = Set.copyOf(tags);
    lists = Set.copyOf(lists);
    activities = Set.copyOf(activities);
    basis = Set.copyOf(basis);
  }
}
