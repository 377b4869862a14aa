package io.leadloom.scoring.web;

import io.leadloom.platform.permission.Needs;
import io.leadloom.scoring.site.Site;
import io.leadloom.scoring.site.Sites;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The websites whose visits are counted, for administrators (LEAD-153, LEAD-154). */
@Tag(name = "Score")
@RestController
@RequestMapping("/api/v1/settings/websites")
class SiteController {

  private final Sites sites;

  SiteController(Sites sites) {
    this.sites = sites;
  }

  /** All websites. */
  record All(List<Site> items) {}

  /** A new website. */
  record NewSite(@Nullable String domain) {}

  @GetMapping
  @Needs(administrator = true)
  All all() {
    return new All(sites.all());
  }

  /** Adds a domain, with a tracking code of its own. */
  @PostMapping
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.CREATED)
  Site add(@RequestBody NewSite body) {
    return sites.add(body.domain());
  }

  /** Removes a domain with the visits that were counted there. */
  @DeleteMapping("/{id}")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void remove(@PathVariable long id) {
    sites.remove(id);
  }
}
