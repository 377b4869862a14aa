package io.leadloom.record.share;

import io.leadloom.identity.Users;
import io.leadloom.platform.EntityType;
import io.leadloom.platform.feature.Feature;
import io.leadloom.platform.feature.Features;
import io.leadloom.platform.permission.Access;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.Record;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** With whom an opportunity can be shared. A share widens what somebody reaches, never what his permissions are for. */
@Component
class Recipients {

  private final Users users;
  private final Access access;
  private final Features features;

  Recipients(Users users, Access access, Features features) {
    this.users = users;
    this.access = access;
    this.features = features;
  }

  /** Why sharing gives somebody no access (AUT-069, AUT-D08); null when it does. */
  @Nullable String refusal(Record opportunity, long user, ShareAccess wanted) {
    if (!features.on(Feature.SHARING)) {
      return "Sharing of opportunities is switched off";
    }
    Users.Person person = users.find(user).orElse(null);
    if (person == null) {
      return "There is no user " + user;
    }
    if (!person.active()) {
      return person.name() + " is not active";
    }
    if (Long.valueOf(user).equals(opportunity.values().number("owner"))) {
      return person.name() + " owns the opportunity";
    }
    Rights rights = access.of(user);
    boolean view = !rights.owners(EntityType.OPPORTUNITY, Action.VIEW).none();
    boolean edit = !rights.owners(EntityType.OPPORTUNITY, Action.EDIT).none();
    if (!view || (wanted == ShareAccess.MODIFY && !edit)) {
      return person.name() + " has no permission to " + (view ? "edit" : "view") + " opportunities";
    }
    return null;
  }
}
