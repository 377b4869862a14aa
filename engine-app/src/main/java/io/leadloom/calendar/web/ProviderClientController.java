package io.leadloom.calendar.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.calendar.account.ProviderClients;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Needs;
import io.leadloom.platform.permission.Section;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The applications at Google, Microsoft and Zoom by which people connect their accounts (SET-044). */
@Tag(name = "Calendar")
@RestController
@RequestMapping("/api/v1/settings/calendar-providers")
class ProviderClientController {

  private final ProviderClients clients;
  private final ReturnAddress back;

  ProviderClientController(ProviderClients clients, ReturnAddress back) {
    this.clients = clients;
    this.back = back;
  }

  /**
   * A provider; its secret is never given out.
   *
   * @param clientId null when the provider is not set up
   * @param accounts how many accounts are connected, which another client ends
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record ProviderJson(
      String provider,
      String label,
      @Nullable String clientId,
      boolean secretSet,
      int accounts,
      int version) {}

  /**
   * All providers.
   *
   * @param redirect where the applications have to allow browsers to be sent back to
   */
  record All(List<ProviderJson> items, String redirect) {}

  /** What sets a provider up; without a secret the stored one stays. */
  record Client(
      @Nullable String clientId, @Nullable String clientSecret, @Nullable Integer version) {

    /** Without the secret. */
    @Override
    public String toString() {
      return "Client[clientId=" + clientId + "]";
    }
  }

  @GetMapping
  @Needs(section = Section.SETTINGS, value = Action.VIEW)
  @Operation(summary = "The providers and whether they are set up")
  All all(HttpServletRequest request) {
    return new All(
        clients.all().stream().map(ProviderClientController::json).toList(), back.of(request));
  }

  @PutMapping("/{provider}")
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  @Operation(
      summary =
          "Set a provider up with the client id and secret of an application registered there")
  ProviderJson set(@PathVariable("provider") String provider, @RequestBody Client body) {
    return json(
        clients.set(
            IntegrationController.known(provider),
            body.clientId(),
            body.clientSecret(),
            body.version()));
  }

  @DeleteMapping("/{provider}")
  @Needs(section = Section.SETTINGS, value = Action.EDIT)
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Forget the client of a provider; nobody can connect accounts there any more")
  void remove(@PathVariable("provider") String provider) {
    clients.remove(IntegrationController.known(provider));
  }

  private static ProviderJson json(ProviderClients.Shown shown) {
    return new ProviderJson(
        shown.provider().key(),
        shown.provider().label(),
        shown.clientId(),
        shown.secretSet(),
        shown.accounts(),
        shown.version());
  }
}
