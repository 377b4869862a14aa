package io.leadloom.calendar.web;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** The page that providers send browsers back to: under the address of Leadloom, or where that is not set, of the request. */
@Component
class ReturnAddress {

  private static final String PAGE = "/profile/integrations";

  private final String base;

  ReturnAddress(@Value("${leadloom.url:}") String url) {
    this.base = (url.endsWith("/") ? url.substring(0, url.length() - 1) : url).strip();
  }

  String of(HttpServletRequest request) {
    return base.isEmpty()
        ? ServletUriComponentsBuilder.fromContextPath(request).path(PAGE).toUriString()
        : base + PAGE;
  }
}
