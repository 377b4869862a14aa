package io.leadloom.automation.card;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** All cards that can be performed, by type. */
@Component
public class Cards {

  private final Map<String, Card> byType;

  Cards(List<Card> cards) {
    this.byType =
        cards.stream().collect(Collectors.toUnmodifiableMap(Card::type, Function.identity()));
  }

  public Optional<Card> find(String type) {
    return Optional.ofNullable(byType.get(type));
  }

  public Set<String> types() {
    return byType.keySet();
  }
}
