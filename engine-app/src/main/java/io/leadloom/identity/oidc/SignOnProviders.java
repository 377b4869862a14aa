package io.leadloom.identity.oidc;

import io.leadloom.identity.Role;
import io.leadloom.identity.StaffState;
import io.leadloom.identity.StaffTexts;
import io.leadloom.platform.Ids;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.audit.AuditEvent;
import io.leadloom.platform.audit.AuditTrail;
import io.leadloom.platform.vault.Vault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Keeps the providers of single sign-on. Client secrets are sealed and never given out; one goes to the issuer that it
 * was entered for, and nowhere else.
 */
@Component
public class SignOnProviders {

  private static final int MOST = 50;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_ISSUER = 500;
  private static final int LONGEST_CLIENT = 300;
  private static final int LONGEST_SECRET = 1_000;
  private static final int LONGEST_SCOPES = 500;
  private static final int LONGEST_DOMAINS = 2_000;
  private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]+");
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]*[a-z0-9])?\\.)+[a-z0-9][a-z0-9-]*[a-z0-9]");
  private static final List<String> USUAL_SCOPES = List.of("openid", "profile", "email");

  private final ProviderRows rows;
  private final IssuerRules issuers;
  private final Vault vault;
  private final StaffState state;
  private final Ids ids;
  private final AuditTrail trail;

  SignOnProviders(
      ProviderRows rows,
      IssuerRules issuers,
      Vault vault,
      StaffState state,
      Ids ids,
      AuditTrail trail) {
    this.rows = rows;
    this.issuers = issuers;
    this.vault = vault;
    this.state = state;
    this.ids = ids;
    this.trail = trail;
  }

  /**
   * What a provider is to be; null leaves what is there.
   *
   * @param newcomers the key of a role, or "" to refuse people who are unknown
   */
  public record Wanted(
      @Nullable String name,
      @Nullable String issuer,
      @Nullable String clientId,
      @Nullable String secret,
      @Nullable List<String> scopes,
      @Nullable List<String> domains,
      @Nullable String newcomers,
      @Nullable Boolean signOut,
      @Nullable Boolean active) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Wanted[name=" + name + "]";
    }
  }

  /** All by name. */
  @Transactional(readOnly = true)
  public List<SignOnProvider> all() {
    return rows.all().stream().map(ProviderRows.Stored::provider).toList();
  }

  /** How many people each provider has brought here, by its id; those without anybody are left out. */
  @Transactional(readOnly = true)
  public Map<Long, Integer> people() {
    return rows.people();
  }

  /** One provider. */
  @Transactional(readOnly = true)
  public SignOnProvider one(long id) {
    return stored(id).provider();
  }

  private ProviderRows.Stored stored(long id) {
    return rows.all().stream()
        .filter(stored -> stored.provider().id() == id)
        .findFirst()
        .orElseThrow(() -> RefusedException.notFound("provider of single sign-on", id));
  }

  /** Adds a provider; it is active unless the wish says otherwise. */
  @Transactional
  public SignOnProvider create(Wanted wanted) {
    checkIssuer(wanted, "");
    state.changing();
    List<ProviderRows.Stored> all = rows.all();
    if (all.size() >= MOST) {
      throw refused("name", wanted.name(), "at most " + MOST + " providers: remove one first");
    }
    SignOnProvider empty =
        new SignOnProvider(
            ids.next("sign_on_provider"),
            "",
            "",
            "",
            USUAL_SCOPES,
            List.of(),
            null,
            false,
            true,
            0);
    SignOnProvider made = changed(empty, wanted, all);
    rows.insert(new ProviderRows.Stored(made, sealed(made.id(), wanted.secret())));
    trail.record(event("created", empty, made).secret("clientSecret", false, true));
    return made;
  }

  /** Changes a provider, on other nodes within two seconds. Another issuer needs the secret again. */
  @Transactional
  public SignOnProvider change(long id, @Nullable Integer version, Wanted wanted) {
    checkIssuer(wanted, stored(id).provider().issuer());
    state.changing();
    ProviderRows.Stored stored = stored(id);
    SignOnProvider before = stored.provider();
    if (version != null && version != before.version()) {
      throw RefusedException.outdated("the provider", version, before.version());
    }
    SignOnProvider after = changed(before, wanted, rows.all());
    boolean secret = wanted.secret() != null && !wanted.secret().isEmpty();
    if (!secret && !after.issuer().equals(before.issuer())) {
      throw refused("clientSecret", null, "the secret once more, as the issuer is another one now");
    }
    rows.update(
        new ProviderRows.Stored(after, secret ? sealed(id, wanted.secret()) : stored.sealed()));
    AuditEvent event = event("changed", before, after);
    if (secret) {
      event = event.secret("clientSecret", true, true);
    }
    if (!event.unchanged()) {
      trail.record(event);
    }
    return after;
  }

  /** Removes a provider with all that links its people to users; the users stay. */
  @Transactional
  public void delete(long id) {
    state.changing();
    SignOnProvider before = stored(id).provider();
    rows.delete(id);
    trail.record(
        AuditEvent.of("sign-on-provider.deleted", "sign-on-provider", before.id(), before.name()));
  }

  /** Asks name servers, which may take a while: nobody is to wait for that, so it comes before the lock. */
  private void checkIssuer(Wanted wanted, String before) {
    String issuer = wanted.issuer() == null ? "" : wanted.issuer().strip();
    if (!issuer.isEmpty() && issuer.length() <= LONGEST_ISSUER && !issuer.equals(before)) {
      issuers.check(issuer);
    }
  }

  private byte[] sealed(long id, @Nullable String secret) {
    if (secret == null || secret.isEmpty() || secret.length() > LONGEST_SECRET) {
      throw refused("clientSecret", null, "1 to " + LONGEST_SECRET + " characters");
    }
    return vault.seal(secret, ProviderRows.purpose(id));
  }

  private SignOnProvider changed(
      SignOnProvider before, Wanted wanted, List<ProviderRows.Stored> all) {
    String name =
        StaffTexts.nameOfItsOwn(
            Objects.requireNonNullElse(wanted.name(), before.name()),
            LONGEST_NAME,
            "provider",
            all.stream()
                .map(ProviderRows.Stored::provider)
                .filter(other -> other.id() != before.id())
                .map(SignOnProvider::name));
    String issuer = text("issuer", wanted.issuer(), before.issuer(), LONGEST_ISSUER);
    return new SignOnProvider(
        before.id(),
        name,
        issuer,
        text("clientId", wanted.clientId(), before.clientId(), LONGEST_CLIENT),
        wanted.scopes() == null ? before.scopes() : scopes(wanted.scopes()),
        wanted.domains() == null ? before.domains() : domains(wanted.domains()),
        wanted.newcomers() == null ? before.newcomers() : newcomers(wanted.newcomers()),
        Objects.requireNonNullElse(wanted.signOut(), before.signOut()),
        Objects.requireNonNullElse(wanted.active(), before.active()),
        before.version() + 1);
  }

  private static String text(String field, @Nullable String wanted, String before, int longest) {
    String text = Objects.requireNonNullElse(wanted, before).strip();
    if (text.isEmpty()
        || text.length() > longest
        || text.chars().anyMatch(Character::isISOControl)) {
      throw refused(field, text, "1 to " + longest + " characters on one line");
    }
    return text;
  }

  private static List<String> scopes(List<String> wanted) {
    Set<String> scopes = new LinkedHashSet<>();
    scopes.add("openid");
    for (String scope : wanted) {
      String stripped = String.valueOf(scope).strip();
      if (!SCOPE.matcher(stripped).matches()) {
        throw refused("scopes", scope, "scopes such as openid, profile and email");
      }
      scopes.add(stripped);
    }
    if (String.join(" ", scopes).length() > LONGEST_SCOPES) {
      throw refused("scopes", null, "at most " + LONGEST_SCOPES + " characters in all");
    }
    return List.copyOf(scopes);
  }

  private static List<String> domains(List<String> wanted) {
    Set<String> domains = new LinkedHashSet<>();
    for (String domain : wanted) {
      String stripped = String.valueOf(domain).strip().toLowerCase(Locale.ROOT);
      String plain = stripped.startsWith("@") ? stripped.substring(1) : stripped;
      if (plain.length() > 253 || !DOMAIN.matcher(plain).matches()) {
        throw refused("domains", domain, "domains such as example.com");
      }
      domains.add(plain);
    }
    if (String.join(" ", domains).length() > LONGEST_DOMAINS) {
      throw refused("domains", null, "at most " + LONGEST_DOMAINS + " characters in all");
    }
    return List.copyOf(domains);
  }

  /** Nobody becomes an administrator because a provider knows them. */
  private static @Nullable Role newcomers(String key) {
    if (key.isBlank()) {
      return null;
    }
    return Role.of(key)
        .filter(role -> role != Role.ADMINISTRATOR)
        .orElseThrow(() -> refused("newcomers", key, "a role other than that of administrators"));
  }

  private static AuditEvent event(String what, SignOnProvider before, SignOnProvider after) {
    return AuditEvent.of("sign-on-provider." + what, "sign-on-provider", after.id(), after.name())
        .change("name", before.name(), after.name())
        .change("issuer", before.issuer(), after.issuer())
        .change("clientId", before.clientId(), after.clientId())
        .change("scopes", before.scopes(), after.scopes())
        .change("domains", before.domains(), after.domains())
        .change("newcomers", key(before.newcomers()), key(after.newcomers()))
        .change("signOut", before.version() == 0 ? null : before.signOut(), after.signOut())
        .change("active", before.version() == 0 ? null : before.active(), after.active());
  }

  private static @Nullable String key(@Nullable Role role) {
    return role == null ? null : role.key();
  }

  private static RefusedException refused(
      String field, @Nullable Object value, String expectation) {
    return RefusedException.invalid(
        "The provider cannot be kept like this", Violation.of(field, value, expectation));
  }
}
