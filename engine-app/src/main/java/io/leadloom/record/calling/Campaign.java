package io.leadloom.record.calling;

import java.util.List;

/**
 * A calling effort of a process to which lead lists are assigned (vocabulary, "Campaign, dialling").
 *
 * @param process the id of its process, which never changes
 * @param members the ids of its people, who work in the process
 * @param lists how many lead lists are assigned to it
 * @param version the base of optimistic locking
 */
public record Campaign(
    long id, long process, String name, List<Long> members, int lists, int version) {

  public Campaign {
    members = List.copyOf(members);
  }
}
