package io.leadloom.scoring.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.leadloom.scoring.site.Sites;
import io.leadloom.scoring.site.Visits;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the pages of websites load and tell (LEAD-147). Open to everybody, tells nobody anything, and sets no cookie: the
 * script keeps the browser's own name for itself on the website.
 */
@Hidden
@RestController
class TrackController {

  private static final int MOST_BYTES = 4_096;
  private static final Duration KEPT = Duration.ofHours(1);
  private static final MediaType SCRIPT = MediaType.valueOf("text/javascript;charset=UTF-8");

  private final Sites sites;
  private final Visits visits;
  private final ObjectMapper json;
  private final String script;

  TrackController(Sites sites, Visits visits, ObjectMapper json) throws IOException {
    this.sites = sites;
    this.visits = visits;
    this.json = json;
    this.script =
        new ClassPathResource("scoring/track.js").getContentAsString(StandardCharsets.UTF_8);
  }

  /** The script of a website. */
  @GetMapping("/track/{code:[0-9a-f]{24}}.js")
  ResponseEntity<String> script(@PathVariable String code) {
    if (!sites.known(code)) {
      return ResponseEntity.notFound().build();
    }
    return ResponseEntity.ok()
        .contentType(SCRIPT)
        .cacheControl(CacheControl.maxAge(KEPT).cachePublic())
        .header("Cross-Origin-Resource-Policy", "cross-origin")
        .body(script);
  }

  /** A page view. Whatever becomes of it, the answer is the same, so that it tells nothing. */
  @PostMapping("/track/{code:[0-9a-f]{24}}")
  ResponseEntity<Void> view(
      @PathVariable String code,
      @RequestHeader(name = HttpHeaders.ORIGIN, required = false) @Nullable String origin,
      @RequestHeader(name = HttpHeaders.REFERER, required = false) @Nullable String referer,
      HttpServletRequest request)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    boolean counted = false;
    if (body.length <= MOST_BYTES) {
      try {
        Visits.View view = json.readValue(body, Visits.View.class);
        counted =
            view != null
                && visits.view(
                    code, view, origin == null ? referer : origin, request.getRemoteAddr());
      } catch (JsonProcessingException e) {
        // Not from our script.
        counted = false;
      }
    }
    ResponseEntity.HeadersBuilder<?> answer = ResponseEntity.noContent();
    if (counted && origin != null) {
      answer.header(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin).varyBy(HttpHeaders.ORIGIN);
    }
    return answer.build();
  }
}
