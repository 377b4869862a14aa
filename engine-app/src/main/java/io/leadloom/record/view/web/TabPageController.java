package io.leadloom.record.view.web;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Rights;
import io.leadloom.platform.permission.Section;
import io.leadloom.record.Record;
import io.leadloom.record.search.RecordSearch;
import io.leadloom.record.view.LeadPage;
import io.leadloom.record.view.LeadTab;
import io.leadloom.record.view.TabAddress;
import io.leadloom.schema.Money;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/**
 * Shows the pages of custom tabs (PLT-043, PLT-D09). The application itself may not frame anybody's pages: it frames this
 * answer, which has no scripts and may frame exactly one host, that of the tab.
 */
@Tag(name = "Lead details views")
@RestController
@RequestMapping("/api/v1/leads/{id:[0-9]{1,18}}/tab-page")
class TabPageController {

  private static final String MAY = "allow-scripts allow-forms allow-popups allow-downloads";

  private final LeadPage page;
  private final RecordSearch search;
  private final Access access;

  TabPageController(LeadPage page, RecordSearch search, Access access) {
    this.page = page;
    this.search = search;
    this.access = access;
  }

  /**
   * A page with the frame of a tab.
   *
   * @param open true to be sent to the tab's page itself, for a window of its own
   */
  @GetMapping
  @Needs(section = Section.LEAD, value = Action.VIEW)
  ResponseEntity<String> show(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String tab,
      @RequestParam(defaultValue = "false") boolean open,
      HttpServletRequest request) {
    Rights rights = access.current();
    Record lead =
        search.visible(EntityType.LEAD, List.of(id), rights).stream()
            .findFirst()
            .orElseThrow(() -> RefusedException.notFound("lead", id));
    LeadTab shown =
        page.custom(tab, rights).orElseThrow(() -> RefusedException.notFound("tab", tab));
    String template = Objects.requireNonNull(shown.url());
    String address =
        TabAddress.filled(
            template,
            key ->
                key.equals(TabAddress.ID)
                    ? Long.toString(id)
                    : rights.hides(EntityType.LEAD, key) ? "" : text(lead.values().get(key)));
    if (open) {
      return ResponseEntity.status(HttpStatus.FOUND)
          .location(URI.create(address))
          .header("Referrer-Policy", "no-referrer")
          .header(HttpHeaders.CACHE_CONTROL, "no-store")
          .build();
    }
    String origin = TabAddress.origin(template);
    String name = HtmlUtils.htmlEscape(Objects.requireNonNullElse(shown.name(), ""));
    // A page of our own host would be let out of the sandbox by keeping its origin.
    boolean ours = request.getServerName().equalsIgnoreCase(URI.create(origin).getHost());
    String html =
        "<!doctype html><html><head><meta charset=\"utf-8\"><title>"
            + name
            + "</title><style>html,body,iframe{margin:0;border:0;width:100%;height:100%;display:block}</style>"
            + "</head><body><iframe title=\""
            + name
            + "\" referrerpolicy=\"no-referrer\" sandbox=\""
            + (ours ? MAY : MAY + " allow-same-origin")
            + "\" src=\""
            + HtmlUtils.htmlEscape(address)
            + "\"></iframe></body></html>";
    return ResponseEntity.ok()
        .contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-src "
                + origin
                + "; frame-ancestors 'self'; base-uri 'none'; form-action 'none'")
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .body(html);
  }

  private static String text(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof Money money) {
      return money.amount().toPlainString();
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof List<?> many
        ? many.stream().map(String::valueOf).collect(Collectors.joining(","))
        : value.toString();
  }
}
