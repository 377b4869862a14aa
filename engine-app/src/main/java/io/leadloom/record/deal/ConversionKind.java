package io.leadloom.record.deal;

import io.leadloom.platform.EntityType;
import io.leadloom.record.RecordCommand;
import io.leadloom.schema.deal.MappingPage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a lead can become, once each (LEAD-107). */
public enum ConversionKind {
  DEAL(MappingPage.DEAL, EntityType.OPPORTUNITY, RecordCommand.Convert.DEAL),
  CLIENT(MappingPage.CLIENT, EntityType.CONTACT, RecordCommand.Convert.CLIENT);

  private final MappingPage page;
  private final EntityType into;
  private final String field;

  ConversionKind(MappingPage page, EntityType into, String field) {
    this.page = page;
    this.into = into;
    this.field = field;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  MappingPage page() {
    return page;
  }

  EntityType into() {
    return into;
  }

  /** The key of the lead's field that holds the mark. */
  public String field() {
    return field;
  }

  public static Optional<ConversionKind> of(String key) {
    return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
  }
}
