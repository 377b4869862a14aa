package io.leadloom.source.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.platform.Page;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.permission.Needs;
import io.leadloom.source.Arrival;
import io.leadloom.source.EarlierLeads;
import io.leadloom.source.Integration;
import io.leadloom.source.Integration.Counts;
import io.leadloom.source.Integration.Mapped;
import io.leadloom.source.IntegrationKind;
import io.leadloom.source.Integrations;
import io.leadloom.source.Suggestions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Integrations by which leads come in, for administrators (LEAD-128, LEAD-005). */
@Tag(name = "Lead-source integrations")
@RestController
@RequestMapping("/api/v1/settings/lead-integrations")
class LeadIntegrationController {

  private static final int MOST = 100;

  private final Integrations integrations;
  private final Suggestions suggestions;
  private final EarlierLeads earlier;

  LeadIntegrationController(
      Integrations integrations, Suggestions suggestions, EarlierLeads earlier) {
    this.integrations = integrations;
    this.earlier = earlier;
    this.suggestions = suggestions;
  }

  /** The source that leads carry. */
  record SourceJson(long id, String name) {}

  /**
   * An integration.
   *
   * @param path where deliveries are posted to, at the address of Leadloom
   * @param key what Google sends along, or what Meta asks with; null for the others
   * @param origins the websites whose scripts may post to it
   * @param appSecretSet whether Meta's deliveries can be believed
   * @param pageTokenSet whether leads can be fetched from Meta
   * @param earlier the latest fetching of earlier leads; null for none
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record IntegrationJson(
      long id,
      String name,
      String kind,
      @Nullable SourceJson source,
      @Nullable Long owner,
      boolean active,
      String known,
      List<Mapped> mapping,
      @Nullable String thanks,
      @Nullable String deliveryField,
      @Nullable String page,
      List<String> origins,
      String path,
      @Nullable String key,
      boolean appSecretSet,
      boolean pageTokenSet,
      Counts counts,
      EarlierLeads.@Nullable Earlier earlier,
      int version) {}

  /** All of them. */
  record All(List<IntegrationJson> items) {}

  /** A delivery that has come in. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ArrivalJson(
      long id,
      Instant receivedAt,
      String state,
      Map<String, String> values,
      @Nullable String raw,
      List<Violation> problems,
      @Nullable Long lead,
      int attempts,
      @Nullable Instant nextAt) {}

  /** A page of deliveries. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Log(List<ArrivalJson> items, @Nullable Long next) {}

  /** What deliveries may bring, and where it can go. */
  record Offered(List<Suggestions.Suggestion> items, List<Suggestions.Target> fields) {}

  /** Which version somebody has seen. */
  record Seen(@Nullable Integer version) {}

  /** The day from which on leads are fetched. */
  record Since(@Nullable LocalDate since) {}

  /** How many are tried again. */
  record Again(int count) {}

  @GetMapping
  @Needs(administrator = true)
  @Operation(summary = "All integrations of lead sources with what has come in")
  All all() {
    return new All(integrations.all().stream().map(LeadIntegrationController::json).toList());
  }

  @GetMapping("/{id}")
  @Needs(administrator = true)
  IntegrationJson one(@PathVariable long id) {
    return json(integrations.one(id));
  }

  @PostMapping
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Set an integration up; it gets an address of its own")
  IntegrationJson add(@RequestBody Integrations.Asked body) {
    return json(integrations.add(body));
  }

  @PutMapping("/{id}")
  @Needs(administrator = true)
  @Operation(summary = "Change an integration; secrets that are left out stay")
  IntegrationJson change(@PathVariable long id, @RequestBody Integrations.Asked body) {
    return json(integrations.change(id, body));
  }

  @PostMapping("/{id}/address")
  @Needs(administrator = true)
  @Operation(summary = "Renew address and key; the ones before let nobody in any more")
  IntegrationJson renew(@PathVariable long id, @RequestBody Seen body) {
    return json(integrations.renew(id, body.version()));
  }

  @PostMapping("/{id}/earlier-leads")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Fetch leads of Meta from before it was set up, of the last 90 days",
      description =
          "It goes on in the background; leads that have come in already make no second one.")
  IntegrationJson fetchEarlier(@PathVariable long id, @RequestBody Since body) {
    earlier.start(id, body.since());
    return json(integrations.one(id));
  }

  @PostMapping("/{id}/earlier-leads/cancel")
  @Needs(administrator = true)
  @Operation(summary = "Stop fetching earlier leads; what has come in stays")
  IntegrationJson cancelEarlier(@PathVariable long id) {
    earlier.cancel(id);
    return json(integrations.one(id));
  }

  @DeleteMapping("/{id}")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete an integration with what has come in through it; the leads stay")
  void delete(@PathVariable long id) {
    integrations.delete(id);
  }

  @GetMapping("/suggestions")
  @Needs(administrator = true)
  @Operation(summary = "The names that deliveries have, and the fields that they may mean")
  Offered suggestions(
      @RequestParam String kind, @RequestParam(required = false) @Nullable Long integration) {
    IntegrationKind known =
        IntegrationKind.of(kind)
            .orElseThrow(
                () ->
                    RefusedException.invalid(
                        "There is no such kind",
                        Violation.of("kind", kind, "the kind of an integration")));
    return new Offered(suggestions.of(known, integration), suggestions.targets());
  }

  @GetMapping("/{id}/deliveries")
  @Needs(administrator = true)
  @Operation(summary = "What has come in, newest first")
  Log log(
      @PathVariable long id,
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable Long before,
      @RequestParam(defaultValue = "25") int limit) {
    Integrations.Log log =
        integrations.log(id, state == null ? null : state(state), before, Page.limit(limit, MOST));
    return new Log(log.items().stream().map(LeadIntegrationController::json).toList(), log.next());
  }

  @PostMapping("/{id}/deliveries/{delivery}/again")
  @Needs(administrator = true)
  @Operation(summary = "Try a delivery again that was refused or held")
  ArrivalJson again(@PathVariable long id, @PathVariable long delivery) {
    return json(integrations.again(id, delivery));
  }

  @PostMapping("/{id}/deliveries/again")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(summary = "Try all deliveries again that were refused, or held; at most 500 at a time")
  Again allAgain(@PathVariable long id, @RequestParam String state) {
    Arrival.State wanted = state(state);
    if (wanted != Arrival.State.REFUSED && wanted != Arrival.State.HELD) {
      throw unknown(state);
    }
    return new Again(integrations.allAgain(id, wanted));
  }

  @DeleteMapping("/{id}/deliveries/{delivery}")
  @Needs(administrator = true)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Forget a delivery; a lead that was made of it stays")
  void forget(@PathVariable long id, @PathVariable long delivery) {
    integrations.forget(id, delivery);
  }

  private static Arrival.State state(String key) {
    return Arrival.State.of(key).orElseThrow(() -> unknown(key));
  }

  private static RefusedException unknown(String state) {
    return RefusedException.invalid(
        "There are no such deliveries",
        Violation.of("state", state, "a state of deliveries: refused, held"));
  }

  private static IntegrationJson json(Integrations.Shown shown) {
    Integration one = shown.integration();
    boolean keyed = one.kind().meta() || one.kind() == IntegrationKind.GOOGLE_ADS;
    return new IntegrationJson(
        one.id(),
        one.name(),
        one.kind().key(),
        shown.source() == null ? null : new SourceJson(shown.source().id(), shown.source().label()),
        one.owner(),
        one.active(),
        one.known().key(),
        one.mapping(),
        one.thanks(),
        one.deliveryField(),
        one.page(),
        one.origins(),
        HookController.PATH + shown.secrets().token(),
        keyed ? shown.secrets().key() : null,
        shown.secrets().appSecret() != null,
        shown.secrets().pageToken() != null,
        shown.counts(),
        shown.earlier(),
        one.version());
  }

  private static ArrivalJson json(Arrival one) {
    return new ArrivalJson(
        one.id(),
        one.receivedAt(),
        one.state().key(),
        one.values(),
        one.raw(),
        one.problems(),
        one.lead(),
        one.attempts(),
        one.state() == Arrival.State.WAITING ? one.dueAt() : null);
  }
}
