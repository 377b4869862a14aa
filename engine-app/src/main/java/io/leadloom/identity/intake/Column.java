package io.leadloom.identity.intake;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The columns that a file of users can have; headers are known in any letter case, with or without underscores. */
enum Column {
  FIRST_NAME("first_name", "vorname"),
  LAST_NAME("last_name", "surname", "nachname"),
  NAME("name", "full_name"),
  EMAIL("email", "e_mail", "email_address"),
  LOGIN("login", "user_name", "username"),
  PHONE("phone", "telephone", "telefon"),
  /** Keys or names of roles, several with semicolons. */
  ROLES("roles", "role", "rollen"),
  /** Names of permission templates beside those of the roles, several with semicolons. */
  TEMPLATES("templates", "template", "permission_template", "permission_templates"),
  /** The e-mail address or login of the superior: a user who is there, or another row, above or below. */
  SUPERIOR("superior", "superior_email", "superior_e_mail", "reports_to", "manager"),
  /** Names of teams, several with semicolons. */
  TEAMS("teams", "team"),
  ACTIVE("active", "aktiv");

  private final String header;
  private final Set<String> names;

  Column(String header, String... others) {
    this.header = header;
    Set<String> all = new java.util.HashSet<>();
    all.add(plain(header));
    Arrays.stream(others).map(Column::plain).forEach(all::add);
    this.names = Set.copyOf(all);
  }

  /** The header as it is best written, also the field that problems name. */
  String header() {
    return header;
  }

  static Optional<Column> of(String header) {
    String wanted = plain(header);
    return Arrays.stream(values()).filter(column -> column.names.contains(wanted)).findFirst();
  }

  private static String plain(String header) {
    return header.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", "");
  }
}
