package io.leadloom.identity.recovery;

import java.util.Locale;

/** What the mails with a link say, in the user's language. */
public record LinkTexts(String subject, String body) {

  public static LinkTexts reset(Locale language) {
    return language.getLanguage().equals("de")
        ? new LinkTexts(
            "Neues Passwort für Leadloom",
            """
            Guten Tag {name},

            für Ihren Benutzer {login} wurde ein neues Passwort verlangt. Hier setzen Sie es:

            {link}

            Der Link gilt 30 Minuten und ein Mal. Wenn Sie das nicht waren, tun Sie nichts: Ihr Passwort bleibt.
            """)
        : new LinkTexts(
            "A new password for Leadloom",
            """
            Hello {name},

            a new password was asked for your user {login}. Set it here:

            {link}

            The link is good for 30 minutes, once. If it was not you who asked, do nothing: your password stays.
            """);
  }

  public static LinkTexts invitation(Locale language) {
    return language.getLanguage().equals("de")
        ? new LinkTexts(
            "Ihr Zugang zu Leadloom",
            """
            Guten Tag {name},

            für Sie wurde in Leadloom der Benutzer {login} angelegt. Hier setzen Sie Ihr Passwort:

            {link}

            Der Link gilt 72 Stunden und ein Mal.
            """)
        : new LinkTexts(
            "Your access to Leadloom",
            """
            Hello {name},

            the user {login} was made for you in Leadloom. Set your password here:

            {link}

            The link is good for 72 hours, once.
            """);
  }

  public String text(String name, String login, String link) {
    return body.replace("{link}", link).replace("{login}", login).replace("{name}", name);
  }
}
