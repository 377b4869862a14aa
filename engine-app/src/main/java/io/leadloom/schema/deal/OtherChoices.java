package io.leadloom.schema.deal;

import io.leadloom.platform.EntityType;
import io.leadloom.schema.ChoiceNames;
import io.leadloom.schema.Field;
import io.leadloom.schema.Schema;
import io.leadloom.schema.Schema.Choice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The definitions as they would be with other choices.
 *
 * @param deals what opportunities would be made of
 * @param gone the choice of a classifying field that would not be there; null for none. Stages and statuses of
 *     opportunities have ids of their own, which may be the same numbers
 */
public record OtherChoices(Schema all, Deals deals, @Nullable Choice gone)
    implements Schema.Derived {

  private Field with(Field field) {
    ChoiceNames names = field.names();
    if (names == null) {
      return field;
    }
    if (field.entity() == EntityType.OPPORTUNITY && deals.names().containsKey(field.key())) {
      return deals.with(field);
    }
    boolean has = gone != null && names.choice(gone.id()).filter(this::isGone).isPresent();
    return has && gone != null ? field.withChoices(names.without(gone), null) : field;
  }

  private boolean isGone(Choice choice) {
    return gone != null && choice.id() == gone.id() && choice.kind().equals(gone.kind());
  }

  @Override
  public List<Field> fields(EntityType entity) {
    return all.fields(entity).stream().map(this::with).toList();
  }

  @Override
  public Optional<Field> field(EntityType entity, String key) {
    return all.field(entity, key).map(this::with);
  }

  @Override
  public Optional<Field> field(long id) {
    return all.field(id).map(this::with);
  }

  @Override
  public List<Choice> choices(String kind) {
    return all.choices(kind).stream().filter(choice -> !isGone(choice)).toList();
  }
}
