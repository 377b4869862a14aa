package io.leadloom.source;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A way in for leads (LEAD-128).
 *
 * @param source what leads keep of the source that they carry
 * @param owner who owns its leads; null for nobody, as leads of the API are
 * @param active whether leads are made; what comes in otherwise is held
 * @param known what becomes of somebody who has an open lead already
 * @param mapping which name of a delivery goes to which field of leads
 * @param thanks where browsers are sent that have posted a form; null for a short page of thanks
 * @param deliveryField the name in a delivery whose value tells it from others; null for none
 * @param page the page at Meta whose leads are taken; null for all
 * @param origins the websites whose scripts may post JSON and read the answer, as browsers name them
 * @param version the base of optimistic locking
 */
public record Integration(
    long id,
    String name,
    IntegrationKind kind,
    String source,
    @Nullable Long owner,
    boolean active,
    Known known,
    List<Mapped> mapping,
    @Nullable String thanks,
    @Nullable String deliveryField,
    @Nullable String page,
    List<String> origins,
    int version) {

  public Integration {
    mapping = List.copyOf(mapping);
    origins = List.copyOf(origins);
  }

  /** Whether scripts of a website may post to it; nobody may unless an administrator has named the website. */
  public boolean letsIn(@Nullable String origin) {
    return origin != null && kind.website() && origins.contains(origin);
  }

  /** A name of deliveries and the key of the field of leads that its value goes to. */
  public record Mapped(String outside, String field) {}

  /** What becomes of somebody who has an open lead with the same e-mail address or phone number. */
  public enum Known {
    /** What is new goes into that lead; its source and owner stay. */
    UPDATE,
    /** That lead stays as it is. */
    KEEP,
    /** Another lead is made. */
    CREATE;

    /** The name in JSON and the database. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Known> of(String key) {
      return Arrays.stream(values()).filter(one -> one.key().equals(key)).findFirst();
    }
  }

  /**
   * What has come in.
   *
   * @param unchanged deliveries of somebody whose lead stayed as it is
   * @param refused deliveries that are refused and can be tried again
   * @param held deliveries that came in while it was paused
   * @param waiting deliveries under way
   */
  public record Counts(
      long received,
      long created,
      long updated,
      long unchanged,
      long tests,
      long refused,
      long held,
      long waiting,
      @Nullable Instant lastAt,
      @Nullable String lastProblem,
      @Nullable Instant lastProblemAt) {}
}
