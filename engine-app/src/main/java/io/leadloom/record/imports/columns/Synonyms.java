package io.leadloom.record.imports.columns;

import io.leadloom.platform.text.Spelling;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Other names that headers have for fields, in English and German; only suggestions that a person sees use them. */
public final class Synonyms {

  private static final int SHORTEST_GUESS = 6;
  private static final Map<String, List<String>> FIELDS = new HashMap<>();

  static {
    add("mail mailaddress emailaddress emailadresse mailadresse", "email");
    add("givenname forename vorname", "firstName");
    add("surname familyname family nachname familienname", "lastName");
    add("fullname kunde ansprechpartner customer customername leadname", "lastName name");
    add("tel telephone telefon telefonnummer phonenumber phoneno rufnummer phone1", "phone");
    add("mobile mobilephone cell cellphone mobil mobilnummer handy", "mobile phone");
    add("firma firmenname unternehmen companyname organization organisation", "company name");
    add("position title role jobrole funktion beruf", "jobTitle");
    add("town ort stadt where wohnort", "city");
    add("province region bundesland", "state");
    add("land nation", "country");
    add("zipcode postcode postalcode plz postleitzahl pincode", "zip");
    add("web homepage webseite internet site webpage", "website");
    add("quelle leadsource herkunft", "source");
    add("phase stufe leadstage", "stage");
    add("leadstatus zustand", "status");
    add("gruppe leadgroup", "group");
    add("bewertung leadrating", "rating");
    add("besitzer leadowner inhaber assignedto zustaendig zuständig", "owner");
    add("branche sector", "industry");
    add("headcount mitarbeiter mitarbeiterzahl", "employees");
    add("timezone zone zeitzone", "timeZone");
    add("taxid vat vatid ustid umsatzsteuerid", "tin");
  }

  private Synonyms() {}

  private static void add(String names, String keys) {
    for (String name : names.split(" ")) {
      FIELDS.put(name, List.of(keys.split(" ")));
    }
  }

  /** The keys of the fields that a header may mean, the likeliest first. */
  public static List<String> keys(String folded) {
    return FIELDS.getOrDefault(folded, List.of());
  }

  /** The name that differs from a header by one letter; null when none does, or the header is too short to tell. */
  public static @Nullable String near(String folded, Collection<String> names) {
    if (folded.length() < SHORTEST_GUESS) {
      return null;
    }
    return names.stream()
        .filter(name -> Spelling.distance(name, folded) == 1)
        .findFirst()
        .orElse(null);
  }
}
