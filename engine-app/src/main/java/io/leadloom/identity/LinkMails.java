package io.leadloom.identity;

import io.leadloom.identity.recovery.Invitations;
import io.leadloom.identity.recovery.LinkTexts;
import io.leadloom.identity.recovery.PasswordLinks;
import io.leadloom.platform.Folded;
import io.leadloom.platform.RefusedException;
import io.leadloom.platform.Violation;
import io.leadloom.platform.company.AccountSettings;
import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Sends links that set a password. All of it happens on a thread of its own, so that an answer takes the same time
 * whether there is such a user or not; what waits there when a node ends is lost, and asked for again.
 */
@Component
class LinkMails implements PasswordByMail {

  private static final Logger LOG = LoggerFactory.getLogger(LinkMails.class);
  private static final Duration RESET_LASTS = Duration.ofMinutes(30);
  private static final int MAILS_AN_HOUR = 5;
  private static final int MOST_WITH_ONE_ADDRESS = 5;
  private static final int MOST_WAITING = 1_000;

  private final StaffRows rows;
  private final Directory directory;
  private final StaffRegister register;
  private final PasswordLinks links;
  private final Invitations invitations;
  private final TransactionTemplate transaction;
  private final ObjectProvider<Letters> letters;
  private final AccountSettings settings;
  private final Clock clock;
  private final String url;
  private final ThreadPoolExecutor worker;

  LinkMails(
      StaffRows rows,
      Directory directory,
      StaffRegister register,
      PasswordLinks links,
      Invitations invitations,
      TransactionTemplate transaction,
      ObjectProvider<Letters> letters,
      AccountSettings settings,
      Clock clock,
      @Value("${leadloom.url:http://localhost:${server.port:8080}}") String url) {
    this.rows = rows;
    this.directory = directory;
    this.register = register;
    this.links = links;
    this.invitations = invitations;
    this.transaction = transaction;
    this.letters = letters;
    this.settings = settings;
    this.clock = clock;
    this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    this.worker =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            work -> {
              Thread thread = new Thread(work, "letters");
              thread.setDaemon(true);
              return thread;
            });
    this.worker.allowCoreThreadTimeOut(true);
  }

  @PreDestroy
  void stop() throws InterruptedException {
    worker.shutdown();
    if (!worker.awaitTermination(5, TimeUnit.SECONDS)) {
      worker.shutdownNow();
    }
  }

  @Override
  public void forgotten(String loginOrAddress) {
    later(
        () -> {
          String wanted = Folded.of(loginOrAddress);
          List<Account> meant =
              directory.accounts().stream()
                  .filter(Account::active)
                  .filter(
                      account ->
                          Objects.equals(Folded.of(account.login()), wanted)
                              || Objects.equals(Folded.of(account.email()), wanted))
                  .limit(MOST_WITH_ONE_ADDRESS)
                  .toList();
          for (Account account : meant) {
            boolean often =
                links.madeSince(account.id(), clock.instant().minus(Duration.ofHours(1)))
                    >= MAILS_AN_HOUR;
            if (wanted != null && !often) {
              send(account, RESET_LASTS, LinkTexts.reset(language(account)));
            }
          }
        });
  }

  @Override
  public void invite(Collection<Account> accounts) {
    for (Account account : accounts) {
      if (!account.active() || address(account) == null) {
        throw RefusedException.invalid(
            account.name() + " cannot be invited",
            Violation.of(
                account.active() ? "email" : "active",
                null,
                account.active()
                    ? "an e-mail address to send the invitation to"
                    : "an active user"));
      }
    }
    transaction.executeWithoutResult(
        status -> {
          invitations.ask(accounts.stream().map(Account::id).toList());
          TransactionSynchronizationManager.registerSynchronization(
              new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                  if (status == STATUS_COMMITTED) {
                    sendInvitations();
                  }
                }
              });
        });
  }

  @Override
  public void sendInvitations() {
    later(this::sendNextInvitation);
  }

  /** One at a time, so that whoever forgot a password does not wait for thousands who are invited. */
  private void sendNextInvitation() {
    Invitations.Taken taken = invitations.take().orElse(null);
    if (taken == null) {
      return;
    }
    // Somebody whom another node made a moment ago is not in memory yet.
    Account account =
        directory
            .account(taken.userId())
            .or(() -> register.roster().account(taken.userId()))
            .filter(Account::active)
            .orElse(null);
    if (account != null) {
      LinkTexts texts = LinkTexts.invitation(language(account));
      if (send(account, Invitations.LASTS, texts)) {
        invitations.sent(taken);
      }
    }
    later(this::sendNextInvitation);
  }

  @Override
  public void set(String token, String password) {
    register.setByLink(links.owner(token), () -> links.use(token), password);
  }

  private record Made(String address, String token) {}

  private boolean send(Account account, Duration lasts, LinkTexts texts) {
    // In one transaction: a link made for an address that changes meanwhile is deleted with the
    // others.
    Made made =
        transaction.execute(
            status ->
                rows.lockedAddress(account.id())
                    .map(address -> new Made(address, links.make(account.id(), lasts)))
                    .orElse(null));
    if (made == null) {
      return false;
    }
    // Behind the # a browser tells it neither to servers nor to other pages.
    String link = url + "/set-password#" + made.token();
    Letters way = letters.getObject();
    boolean sent =
        way.send(
            new Letters.Letter(
                "letter:" + UUID.randomUUID(),
                made.address(),
                texts.subject(),
                texts.text(account.name(), account.login(), link)));
    if (!sent) {
      LOG.warn("A mail to set the password of user {} could not be sent", account.id());
    }
    return sent;
  }

  private void later(Runnable work) {
    try {
      worker.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException e) {
              LOG.error("A mail to set a password failed", e);
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.warn("Too many mails to set passwords are asked for; one is left out");
    }
  }

  /** Where mails to a user go; null when there is no such address. */
  static @Nullable String address(Account account) {
    return address(account.email(), account.login());
  }

  static @Nullable String address(@Nullable String email, String login) {
    return email != null ? email : login.contains("@") ? login : null;
  }

  /** The user's own, else the account's (SET-135). */
  private Locale language(Account account) {
    String own = account.locale();
    return Locale.forLanguageTag(own == null ? settings.language().orElse("en") : own);
  }
}
