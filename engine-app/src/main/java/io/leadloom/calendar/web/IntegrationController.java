package io.leadloom.calendar.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.leadloom.calendar.account.Accounts;
import io.leadloom.calendar.account.ConnectedAccount;
import io.leadloom.calendar.account.ProviderClients;
import io.leadloom.calendar.choice.CalendarChoices;
import io.leadloom.calendar.outside.CalendarProvider;
import io.leadloom.platform.RefusedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
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

/** The own accounts at Google, Microsoft and Zoom (SET-044). They are connected in person, not by a key. */
@Tag(name = "Calendar")
@RestController
@RequestMapping("/api/v1/profile/integrations")
class IntegrationController {

  private final Accounts accounts;
  private final ProviderClients clients;
  private final CalendarChoices choices;
  private final Myself myself;
  private final ReturnAddress back;

  IntegrationController(
      Accounts accounts,
      ProviderClients clients,
      CalendarChoices choices,
      Myself myself,
      ReturnAddress back) {
    this.accounts = accounts;
    this.clients = clients;
    this.choices = choices;
    this.myself = myself;
    this.back = back;
  }

  /**
   * A provider and the own account there.
   *
   * @param ready whether an administrator has set the provider up
   * @param calendars whether its accounts have calendars
   * @param account null when none is connected
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Integration(
      String provider,
      String label,
      boolean ready,
      boolean calendars,
      @Nullable AccountJson account) {}

  /**
   * A connected account.
   *
   * @param state {@code connected}, or {@code connect-again} when the consent has ended
   */
  record AccountJson(String name, String state, Instant connectedAt) {}

  /** All providers. */
  record All(List<Integration> items) {}

  /** Where the browser has to go. */
  record Going(String address) {}

  /** What the provider sent the browser back with. */
  record Answer(@Nullable String state, @Nullable String code, @Nullable String error) {}

  @GetMapping
  @Operation(summary = "The providers, and the own accounts there")
  All all() {
    Map<CalendarProvider, ConnectedAccount> mine =
        accounts.of(myself.id()).stream()
            .collect(Collectors.toMap(ConnectedAccount::provider, Function.identity()));
    return new All(
        clients.all().stream()
            .map(
                client ->
                    json(client.provider(), client.clientId() != null, mine.get(client.provider())))
            .toList());
  }

  private static Integration json(
      CalendarProvider provider, boolean ready, @Nullable ConnectedAccount account) {
    return new Integration(
        provider.key(),
        provider.label(),
        ready,
        provider.calendars(),
        account == null
            ? null
            : new AccountJson(
                account.name(),
                account.working() ? "connected" : "connect-again",
                account.connectedAt()));
  }

  @PostMapping("/{provider}/connect")
  @Operation(
      summary = "Begin to connect an account",
      description =
          "Answers the address at the provider that the browser has to go to. It comes back to the page"
              + " /profile/integrations, which hands what it came back with to /profile/integrations/answer.")
  Going connect(@PathVariable("provider") String provider, HttpServletRequest request) {
    return new Going(accounts.ask(myself.inPerson(), known(provider), back.of(request)));
  }

  @PostMapping("/answer")
  @Operation(
      summary = "Hand over what the provider sent the browser back with: the account is connected")
  Integration answer(@RequestBody Answer body) {
    ConnectedAccount account =
        accounts.answer(myself.inPerson(), body.state(), body.code(), body.error());
    choices.begin(account);
    return json(account.provider(), true, account);
  }

  @DeleteMapping("/{provider}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Disconnect an account",
      description =
          "Its tokens and calendars are forgotten, and the consent is taken back at Google and Zoom. Entries of"
              + " appointments stay in its calendars, and follow the appointments once the same account is connected"
              + " again.")
  void disconnect(@PathVariable("provider") String provider) {
    accounts.disconnect(myself.inPerson(), known(provider));
  }

  static CalendarProvider known(String provider) {
    return CalendarProvider.of(provider)
        .orElseThrow(() -> RefusedException.notFound("provider", provider));
  }
}
