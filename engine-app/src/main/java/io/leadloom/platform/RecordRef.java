package io.leadloom.platform;

/** Names one record of the installation (VOC-001). Ids are permanent and unique within their type. */
public record RecordRef(EntityType type, long id) {

  public static RecordRef lead(long id) {
    return new RecordRef(EntityType.LEAD, id);
  }

  public static RecordRef contact(long id) {
    return new RecordRef(EntityType.CONTACT, id);
  }

  public static RecordRef opportunity(long id) {
    return new RecordRef(EntityType.OPPORTUNITY, id);
  }

  public static RecordRef account(long id) {
    return new RecordRef(EntityType.ACCOUNT, id);
  }

  public static RecordRef activity(long id) {
    return new RecordRef(EntityType.ACTIVITY, id);
  }

  public static RecordRef task(long id) {
    return new RecordRef(EntityType.TASK, id);
  }

  /** For example {@code lead/42}. */
  @Override
  public String toString() {
    return type.key() + "/" + id;
  }
}
