package io.leadloom.source;

import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schema.Choice;
import io.leadloom.schema.Schemas;
import io.leadloom.source.Integration.Known;
import io.leadloom.source.Integration.Mapped;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What an integration may be. */
@Component
class IntegrationCheck {

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_OUTSIDE = 200;
  private static final int LONGEST_ADDRESS = 500;
  private static final int LONGEST_SECRET = 1_000;
  private static final int MOST_MAPPED = 100;
  private static final int MOST_ORIGINS = 20;
  private static final int LONGEST_ORIGIN = 250;
  private static final int MOST_PORT = 65_535;
  private static final Pattern ORIGIN =
      Pattern.compile("(?i)(https?)://([\\p{L}\\p{N}.-]{1,200})(?::([1-9][0-9]{0,4}))?");

  private final Schemas schemas;
  private final Users users;

  IntegrationCheck(Schemas schemas, Users users) {
    this.schemas = schemas;
    this.users = users;
  }

  /** The source that leads keep this form of. */
  Optional<Choice> source(String form) {
    ChoiceNames names = sources();
    return names.choices().stream()
        .filter(choice -> names.forms(choice).contains(form))
        .findFirst();
  }

  private ChoiceNames sources() {
    return schemas
        .current()
        .field(EntityType.LEAD, "source")
        .map(Field::names)
        .orElseThrow(() -> new IllegalStateException("Leads have no sources"));
  }

  /**
   * An integration as it is asked for.
   *
   * @param before as it was; null for a new one
   */
  Integration checked(@Nullable Integration before, Integrations.Asked asked) {
    List<Violation> wrong = new ArrayList<>();
    IntegrationKind kind =
        before == null
            ? IntegrationKind.of(asked.kind() == null ? "" : asked.kind()).orElse(null)
            : before.kind();
    if (kind == null
        || (before != null && asked.kind() != null && !asked.kind().equals(kind.key()))) {
      String kinds =
          java.util.Arrays.stream(IntegrationKind.values())
              .map(IntegrationKind::key)
              .collect(Collectors.joining(", "));
      throw refused(
          List.of(
              Violation.of(
                  "kind",
                  asked.kind(),
                  before == null
                      ? "one of: " + kinds
                      : "the kind that it has: a new one has another")));
    }
    String name = asked.name() == null ? "" : asked.name().strip();
    if (name.isEmpty() || name.length() > LONGEST_NAME || name.lines().count() > 1) {
      wrong.add(
          Violation.of("name", asked.name(), "1 to " + LONGEST_NAME + " characters on one line"));
    }
    Choice source = asked.source() == null ? null : sources().choice(asked.source()).orElse(null);
    if (source == null) {
      wrong.add(Violation.of("source", asked.source(), "the id of a source of leads"));
    }
    owner(before, asked.owner(), wrong);
    Known known = Known.of(asked.known() == null ? "update" : asked.known()).orElse(null);
    if (known == null) {
      wrong.add(Violation.of("known", asked.known(), "one of: update, keep, create"));
    }
    String thanks = text(asked.thanks());
    if (thanks != null && (kind != IntegrationKind.FORM || !web(thanks))) {
      wrong.add(
          Violation.of(
              "thanks",
              thanks,
              kind == IntegrationKind.FORM
                  ? "a web address that starts with https:// or http://"
                  : "nothing: only forms send browsers on"));
    }
    String deliveryField = text(asked.deliveryField());
    if (deliveryField != null && (!kind.open() || deliveryField.length() > LONGEST_OUTSIDE)) {
      wrong.add(
          Violation.of(
              "deliveryField",
              deliveryField,
              kind.open()
                  ? "at most " + LONGEST_OUTSIDE + " characters"
                  : "nothing: the provider has ids of its own"));
    }
    String page = text(asked.page());
    if (page != null && (!kind.meta() || !page.matches("[0-9]{1,40}"))) {
      wrong.add(
          Violation.of(
              "page",
              page,
              kind.meta() ? "the id of a page, digits only" : "nothing: only Meta has pages"));
    }
    List<String> origins = origins(kind, asked.origins(), wrong);
    secret("appSecret", asked.appSecret(), kind, wrong);
    secret("pageToken", asked.pageToken(), kind, wrong);
    List<Mapped> mapping = mapping(asked.mapping(), wrong);
    if (!wrong.isEmpty() || source == null || known == null) {
      throw refused(wrong);
    }
    return new Integration(
        before == null ? 0 : before.id(),
        name,
        kind,
        source.stored(),
        asked.owner(),
        asked.active() == null || asked.active(),
        known,
        mapping,
        thanks,
        deliveryField,
        page,
        origins,
        before == null ? 1 : before.version());
  }

  /** A user who was made inactive since stays, as on leads (LEAD-199); a new one is active. */
  private void owner(@Nullable Integration before, @Nullable Long owner, List<Violation> wrong) {
    if (owner == null || (before != null && owner.equals(before.owner()))) {
      return;
    }
    if (users.find(owner).filter(Users.Person::active).isEmpty()) {
      wrong.add(Violation.of("owner", owner, "the id of an active user, or nobody"));
    }
  }

  private static void secret(
      String field, @Nullable String given, IntegrationKind kind, List<Violation> wrong) {
    if (given == null) {
      return;
    }
    if (!kind.meta()
        || given.isBlank()
        || given.length() > LONGEST_SECRET
        || !given.matches("[\\x21-\\x7e]+")) {
      wrong.add(
          Violation.of(
              field,
              null,
              kind.meta()
                  ? "1 to " + LONGEST_SECRET + " letters, digits and signs without spaces"
                  : "nothing: only Facebook and Instagram need it"));
    }
  }

  private List<Mapped> mapping(@Nullable List<Mapped> asked, List<Violation> wrong) {
    List<Mapped> given = asked == null ? List.of() : asked;
    if (given.size() > MOST_MAPPED) {
      wrong.add(Violation.of("mapping", given.size(), "at most " + MOST_MAPPED + " names"));
      return List.of();
    }
    Schema schema = schemas.current();
    Map<String, Field> fields =
        Suggestions.writable(schema).stream()
            .collect(Collectors.toMap(Field::key, Function.identity(), (one, other) -> one));
    List<Mapped> mapping = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < given.size(); i++) {
      Mapped mapped = given.get(i);
      String place = "mapping[" + i + "]";
      String outside = text(mapped == null ? null : mapped.outside());
      String key = text(mapped == null ? null : mapped.field());
      if (outside == null || outside.length() > LONGEST_OUTSIDE) {
        wrong.add(
            Violation.of(
                place + ".outside",
                outside,
                "the name that deliveries have, 1 to " + LONGEST_OUTSIDE + " characters"));
      } else if (!names.add(outside)) {
        wrong.add(Violation.of(place + ".outside", outside, "a name that stands here once"));
      }
      if (key == null || !fields.containsKey(key)) {
        wrong.add(
            Violation.of(
                place + ".field",
                key,
                "source".equals(key)
                    ? "another field: leads carry the source of the integration"
                    : "the key of a field of leads that can be written"));
      }
      if (outside != null && key != null) {
        mapping.add(new Mapped(outside, key));
      }
    }
    return mapping;
  }

  /** Websites as browsers name them: scheme and host, and a port that is not the usual one. */
  private static List<String> origins(
      IntegrationKind kind, @Nullable List<String> asked, List<Violation> wrong) {
    List<String> given = asked == null ? List.of() : asked;
    if (!given.isEmpty() && !kind.website() || given.size() > MOST_ORIGINS) {
      wrong.add(
          Violation.of(
              "origins",
              kind.website() ? given.size() : String.join(", ", given),
              kind.website()
                  ? "at most " + MOST_ORIGINS + " websites"
                  : "nothing: only scripts of websites with a form or chatbot post from browsers"));
      return List.of();
    }
    Set<String> origins = new LinkedHashSet<>();
    for (int i = 0; i < given.size(); i++) {
      String origin = origin(given.get(i));
      if (origin == null) {
        wrong.add(
            Violation.of(
                "origins[" + i + "]",
                given.get(i),
                "one website such as https://www.example.com, without a path and without *"));
      } else {
        origins.add(origin);
      }
    }
    return List.copyOf(origins);
  }

  private static @Nullable String origin(@Nullable String given) {
    String text = text(given);
    if (text == null || text.length() > LONGEST_ORIGIN) {
      return null;
    }
    try {
      String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
      Matcher parts = ORIGIN.matcher(bare);
      if (!parts.matches()) {
        return null;
      }
      String scheme = parts.group(1).toLowerCase(Locale.ROOT);
      String host = IDN.toASCII(parts.group(2), IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      String port = parts.group(3);
      boolean usual = port == null || port.equals(scheme.equals("https") ? "443" : "80");
      String origin = scheme + "://" + host + (usual ? "" : ":" + Integer.parseInt(port));
      return web(origin) && (usual || Integer.parseInt(port) <= MOST_PORT) ? origin : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean web(String address) {
    try {
      URI uri = new URI(address);
      return address.length() <= LONGEST_ADDRESS
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
          && uri.getHost() != null
          && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static @Nullable String text(@Nullable String given) {
    return given == null || given.isBlank() ? null : given.strip();
  }

  private static RefusedException refused(List<Violation> wrong) {
    return RefusedException.invalid(
        "The integration is not acceptable", wrong.toArray(Violation[]::new));
  }
}
