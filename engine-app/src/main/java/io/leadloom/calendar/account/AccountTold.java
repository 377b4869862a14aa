package io.leadloom.calendar.account;

import io.leadloom.connection.AccountNews;
import io.leadloom.identity.Users;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells the owners of accounts, in their language, what has become of them; call it in a transaction. */
@Component
public class AccountTold {

  private static final String PLACE = "/profile/integrations";

  private final Users users;
  private final ApplicationEventPublisher events;

  AccountTold(Users users, ApplicationEventPublisher events) {
    this.users = users;
    this.events = events;
  }

  private boolean german(long userId) {
    return users
        .reader(userId)
        .flatMap(reader -> Optional.ofNullable(reader.locale()))
        .filter(locale -> locale.startsWith("de"))
        .isPresent();
  }

  private void tell(long userId, String subject, String text) {
    events.publishEvent(new AccountNews(userId, subject, text, PLACE));
  }

  void ended(ConnectedAccount account) {
    String provider = account.provider().label();
    if (german(account.userId())) {
      tell(
          account.userId(),
          provider + " muss neu verbunden werden",
          provider
              + " nimmt die Zustimmung für "
              + account.name()
              + " nicht mehr an. Bis das Konto neu verbunden ist, werden seine Kalender nicht gefragt und keine"
              + " Termine eingetragen.");
    } else {
      tell(
          account.userId(),
          provider + " has to be connected again",
          provider
              + " does not accept the consent for "
              + account.name()
              + " any more. Until the account is connected again, its calendars are not asked and no appointments are"
              + " written.");
    }
  }

  void consentStays(long userId, String provider, String name) {
    if (german(userId)) {
      tell(
          userId,
          "Die Zustimmung bei " + provider + " besteht noch",
          provider
              + " hat nicht angenommen, dass Leadloom die Zustimmung für "
              + name
              + " zurücknimmt. Leadloom hat das Konto vergessen; bei "
              + provider
              + " lässt sich die Zustimmung in den Einstellungen des Kontos entfernen.");
    } else {
      tell(
          userId,
          "The consent at " + provider + " still stands",
          provider
              + " did not let Leadloom take back the consent for "
              + name
              + ". Leadloom has forgotten the account; at "
              + provider
              + " the consent can be removed in the settings of the account.");
    }
  }

  /** Another calendar stands in for the primary one. */
  public void stoodIn(long userId, String before, String after) {
    if (german(userId)) {
      tell(
          userId,
          "Termine werden jetzt in " + after + " geschrieben",
          "In den Kalender "
              + before
              + " kann nicht mehr geschrieben werden. Ein anderer lässt sich in der Kalenderkonfiguration wählen.");
    } else {
      tell(
          userId,
          "Appointments are now written to " + after,
          "The calendar "
              + before
              + " can no longer be written to. Another one can be chosen in the calendar configuration.");
    }
  }

  /** No calendar is primary any more. */
  public void nonePrimary(long userId, String before) {
    if (german(userId)) {
      tell(
          userId,
          "Termine werden in keinen Kalender mehr geschrieben",
          "In den Kalender "
              + before
              + " kann nicht mehr geschrieben werden, und es gibt keinen anderen, in den das geht.");
    } else {
      tell(
          userId,
          "Appointments are no longer written to any calendar",
          "The calendar "
              + before
              + " can no longer be written to, and there is no other one that can.");
    }
  }

  /** A calendar whose busy times blocked is not there any more. */
  public void conflictGone(long userId, String name) {
    if (german(userId)) {
      tell(
          userId,
          "Der Kalender " + name + " ist nicht mehr da",
          "Seine belegten Zeiten blockieren nicht mehr.");
    } else {
      tell(
          userId,
          "The calendar " + name + " is not there any more",
          "Its busy times no longer block.");
    }
  }
}
