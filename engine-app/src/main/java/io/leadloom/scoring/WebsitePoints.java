package io.leadloom.scoring;

import io.leadloom.schema.Schemas;
import org.springframework.stereotype.Component;

/** What page views are worth now (LEAD-148). */
@Component
public class WebsitePoints {

  private final PointScales scales;
  private final Schemas schemas;
  private final Rescoring rescoring;

  WebsitePoints(PointScales scales, Schemas schemas, Rescoring rescoring) {
    this.scales = scales;
    this.schemas = schemas;
    this.rescoring = rescoring;
  }

  /** What so many views earn a lead. */
  public long of(long views) {
    return scales.scale(schemas.current()).website(views);
  }

  /** Has all leads scored, as views that earned points are gone; in the current transaction. */
  public void anew() {
    rescoring.begin();
  }
}
