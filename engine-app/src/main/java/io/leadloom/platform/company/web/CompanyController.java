package io.leadloom.platform.company.web;

import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.company.AccountSettings;
import io.leadloom.platform.company.Company;
import io.leadloom.platform.company.CompanyInfo;
import io.leadloom.platform.company.ContactForms;
import io.leadloom.platform.company.FormTexts;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.leadloom.platform.picture.PictureAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Business info (SET-006, SET-007, SET-010 to SET-012). */
@Tag(name = "Company")
@RestController
@RequestMapping("/api/v1")
class CompanyController {

  private static final int LONGEST_NAME = 200;
  private static final Duration BRAND_FRESH = Duration.ofMinutes(1);
  private static final String LOGO = "/api/v1/company/logo";
  private static final String BRAND_LOGO = "/api/v1/session/brand/logo";
  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  private final Company company;
  private final AccountSettings account;

  CompanyController(Company company, AccountSettings account) {
    this.company = company;
    this.account = account;
  }

  /**
   * What everybody sees of the account.
   *
   * @param logo the address of the logo; null for none
   */
  record Shown(String name, String timeZone, @Nullable String logo) {}

  /**
   * What the pages in front of the sign-in show of the account to everybody, and nothing else.
   *
   * @param logo the address of the logo; null for none
   * @param language the language of whoever has chosen none; null for that of the browser
   */
  record Brand(String name, @Nullable String logo, @Nullable String language) {}

  /** Where the company is. */
  record Address(
      @Nullable String street,
      @Nullable String zip,
      @Nullable String city,
      @Nullable String state,
      @Nullable String country) {}

  /** All of it. */
  record Settings(
      String name,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String website,
      Address address,
      String timeZone,
      @Nullable String language,
      @Nullable String logo,
      int version,
      @Nullable Instant changedAt,
      @Nullable String changedBy) {}

  /**
   * What is to stand there instead; what is missing is emptied, but the time zone and the language stay.
   *
   * @param language one of Leadloom's; "" to go by each browser
   */
  record Wanted(
      @Nullable Integer version,
      @Nullable String name,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String website,
      @Nullable Address address,
      @Nullable String timeZone,
      @Nullable String language) {}

  /** Name, time zone and logo of the account. */
  @GetMapping("/company")
  @Operation(summary = "Name, time zone and logo of the account, for everybody who is signed in")
  Shown company() {
    CompanyInfo info = company.info();
    return new Shown(info.name(), account.timeZone().getId(), address(info, LOGO));
  }

  /** The logo itself. */
  @GetMapping("/company/logo")
  @Operation(summary = "The logo; with its ETag, so that it is sent once")
  ResponseEntity<byte[]> logo(@RequestParam(required = false) @Nullable String v) {
    return company
        .logo()
        .map(picture -> PictureAnswer.of(picture, v))
        .orElseThrow(() -> RefusedException.notFound("logo", "company"));
  }

  /** Name and logo for whoever has not signed in yet. */
  @GetMapping("/session/brand")
  @Operation(
      summary = "Name, logo and language of the account for the sign-in page; open to everybody")
  ResponseEntity<Brand> brand() {
    CompanyInfo info = company.info();
    return ResponseEntity.ok()
        .cacheControl(CacheControl.maxAge(BRAND_FRESH).cachePrivate())
        .body(new Brand(info.name(), address(info, BRAND_LOGO), account.language().orElse(null)));
  }

  /** The logo for whoever has not signed in yet. */
  @GetMapping("/session/brand/logo")
  @Operation(summary = "The logo for the sign-in page; open to everybody")
  ResponseEntity<byte[]> brandLogo(@RequestParam(required = false) @Nullable String v) {
    return logo(v);
  }

  /** The settings page. */
  @GetMapping("/settings/company")
  @Needs(section = Section.SETTINGS, value = Action.VIEW)
  @Operation(summary = "Business info")
  Settings settings() {
    return json(company.info());
  }

  /** Replaces the texts, the time zone and the language. */
  @PutMapping("/settings/company")
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  @Operation(
      summary = "Change business info",
      description =
          "Needs the version that was read; 409 when somebody else has changed it since. Another time zone moves"
              + " schedules given by local time; stored moments stay.")
  Settings change(@RequestBody Wanted wanted) {
    return json(company.change(checked(wanted)));
  }

  /** Puts a logo there. */
  @PutMapping(value = "/settings/company/logo", consumes = MediaType.ALL_VALUE)
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  @Operation(
      summary = "Upload the logo",
      description =
          "The body is the file itself: PNG, JPG or SVG, at most 2 MB. What it is is told from its content.")
  Settings changeLogo(@RequestBody(required = false) byte @Nullable [] file) {
    return json(company.changeLogo(file == null ? new byte[0] : file));
  }

  /** Takes the logo away. */
  @DeleteMapping("/settings/company/logo")
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  @Operation(summary = "Remove the logo")
  Settings removeLogo() {
    return json(company.changeLogo(null));
  }

  private CompanyInfo checked(Wanted wanted) {
    List<Violation> violations = new ArrayList<>();
    FormTexts texts = new FormTexts(violations::add);
    Integer version = wanted.version();
    if (version == null) {
      violations.add(Violation.of("version", null, "the version that was read"));
    }
    Address address =
        wanted.address() == null ? new Address(null, null, null, null, null) : wanted.address();
    CompanyInfo info =
        new CompanyInfo(
            name(texts, wanted.name(), violations),
            texts.form(
                "email",
                wanted.email(),
                ContactForms::email,
                "an address such as name@example.com"),
            texts.form(
                "phone",
                wanted.phone(),
                text -> ContactForms.phone(text, account.region()),
                "a phone number such as +49 30 901820"),
            texts.form(
                "website",
                wanted.website(),
                ContactForms::website,
                "an address that begins with https:// or http://"),
            new CompanyInfo.Address(
                texts.line("address.street", address.street(), 200),
                texts.line("address.zip", address.zip(), 20),
                texts.line("address.city", address.city(), 100),
                texts.line("address.state", address.state(), 100),
                texts.line("address.country", address.country(), 100)),
            zone(wanted.timeZone(), violations),
            language(wanted.language(), violations),
            null,
            version == null ? 0 : version,
            null,
            null);
    if (!violations.isEmpty()) {
      throw RefusedException.invalid(
          "The business info cannot be saved", violations.toArray(Violation[]::new));
    }
    return info;
  }

  private @Nullable ZoneId zone(@Nullable String given, List<Violation> violations) {
    if (given == null || given.isBlank()) {
      return company.info().timeZone();
    }
    if (!ZONES.contains(given.strip())) {
      violations.add(Violation.of("timeZone", given, "an IANA time zone such as Europe/Berlin"));
      return null;
    }
    ZoneId zone = ZoneId.of(given.strip());
    // Somebody who only corrects the name does not choose the zone of the configuration for good.
    return zone.equals(account.timeZone()) ? company.info().timeZone() : zone;
  }

  private @Nullable String language(@Nullable String given, List<Violation> violations) {
    if (given == null) {
      return company.info().language();
    }
    String language = given.strip();
    if (!language.isEmpty() && !AccountSettings.LANGUAGES.contains(language)) {
      violations.add(
          Violation.of(
              "language", given, "one of " + String.join(", ", AccountSettings.LANGUAGES)));
    }
    return language.isEmpty() ? null : language;
  }

  private Settings json(CompanyInfo info) {
    CompanyInfo.Address address = info.address();
    ZoneId zone = info.timeZone();
    return new Settings(
        info.name(),
        info.email(),
        info.phone(),
        info.website(),
        new Address(
            address.street(), address.zip(), address.city(), address.state(), address.country()),
        zone == null ? account.timeZone().getId() : zone.getId(),
        info.language(),
        address(info, LOGO),
        info.version(),
        info.changedAt(),
        info.changedBy());
  }

  private static @Nullable String address(CompanyInfo info, String place) {
    return info.logo() == null ? null : place + "?v=" + info.logo();
  }

  private static String name(FormTexts texts, @Nullable String given, List<Violation> violations) {
    if (given == null || given.isBlank()) {
      violations.add(Violation.of("name", given, "1 to " + LONGEST_NAME + " characters"));
    }
    return Objects.requireNonNullElse(texts.line("name", given, LONGEST_NAME), "");
  }
}
