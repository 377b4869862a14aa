package io.leadloom.sample;

import java.util.List;

/**
 * A city where sample people live.
 *
 * @param names the locale of the names there
 * @param dialling the country's telephone prefix with a mobile prefix
 * @param weight how many of a hundred people live there
 */
record Place(
    String city,
    String state,
    String country,
    String zip,
    String names,
    String dialling,
    int weight) {

  static final List<Place> ALL =
      List.of(
          new Place("Bangalore", "Karnataka", "India", "560001", "en-IND", "+9198450", 20),
          new Place("Mumbai", "Maharashtra", "India", "400001", "en-IND", "+9198200", 14),
          new Place("Delhi", "Delhi", "India", "110001", "en-IND", "+9198100", 12),
          new Place("Pune", "Maharashtra", "India", "411001", "en-IND", "+9198220", 9),
          new Place("Hyderabad", "Telangana", "India", "500001", "en-IND", "+9198480", 9),
          new Place("Chennai", "Tamil Nadu", "India", "600001", "en-IND", "+9198400", 7),
          new Place("Kolkata", "West Bengal", "India", "700001", "en-IND", "+9198300", 5),
          new Place("Ahmedabad", "Gujarat", "India", "380001", "en-IND", "+9198250", 4),
          new Place("Jaipur", "Rajasthan", "India", "302001", "en-IND", "+9198290", 3),
          new Place("Kochi", "Kerala", "India", "682001", "en-IND", "+9198470", 3),
          new Place("London", "England", "United Kingdom", "EC1A 1BB", "en-GB", "+447700", 4),
          new Place("Berlin", "Berlin", "Germany", "10115", "de", "+491511", 3),
          new Place("Munich", "Bavaria", "Germany", "80331", "de", "+491512", 2),
          new Place("Singapore", "Singapore", "Singapore", "018956", "en", "+6591", 3),
          new Place("New York", "New York", "United States", "10001", "en-US", "+1212", 2));

  boolean inIndia() {
    return country.equals("India");
  }
}
