package io.leadloom.schema.deal;

import io.leadloom.platform.EntityType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The pages that say which field of a lead goes where (LEAD-157). */
public enum MappingPage {
  DEAL(EntityType.OPPORTUNITY),
  /** A client is a mark on the contact and the account (VOC-004), so both take values. */
  CLIENT(EntityType.CONTACT, EntityType.ACCOUNT),
  CONTACT(EntityType.CONTACT);

  private final List<EntityType> targets;

  MappingPage(EntityType... targets) {
    this.targets = List.of(targets);
  }

  /** The lower-case name in JSON and in rows. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kinds of record whose fields take values. */
  public List<EntityType> targets() {
    return targets;
  }

  public static Optional<MappingPage> of(String key) {
    return Arrays.stream(values()).filter(page -> page.key().equals(key)).findFirst();
  }
}
