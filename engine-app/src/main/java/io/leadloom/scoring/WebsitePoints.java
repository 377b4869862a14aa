package io.leadloom.scoring;

import io.leadloom.schema.Schemas;
import org.springframework.stereotype.Component;

/** What page views are worth now (LEAD-148). */
@Component
public class WebsitePoints {

  private final PointScales scales;
  private final Schemas schemas;

  WebsitePoints(PointScales scales, Schemas schemas) {
    this.scales = scales;
    this.schemas = schemas;
  }

  /** What so many views earn a lead. */
  public long of(long views) {
    return scales.scale(schemas.current()).website(views);
  }
}
