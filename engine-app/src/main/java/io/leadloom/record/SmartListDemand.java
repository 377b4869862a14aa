package io.leadloom.record;

import java.util.Set;

/** Says which smart lists somebody acts on when records enter or leave them, so that their members are kept. */
public interface SmartListDemand {

  /** The ids of these lists, as far as this node knows. */
  Set<Long> lists();
}
