package io.leadloom.record.bulk;

import io.leadloom.platform.EntityType;
import io.leadloom.platform.Ids;
import io.leadloom.platform.Utc;
import io.leadloom.platform.permission.Action;
import io.leadloom.platform.permission.Owners;
import io.leadloom.platform.permission.Rights;
import io.leadloom.record.bulk.BulkAction.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which bulk actions are wanted (ENG-110 to ENG-113, ENG-117).
 *
 * @param operation the key of what is done; null for all
 * @param user who made them; null for everybody
 * @param status null for all
 * @param ended only those that have ended, by the time of their end
 * @param from the first moment, of the end when {@code ended}, otherwise of the beginning
 * @param until the moment after the last
 * @param before the id of the last one seen
 */
public record BulkQuery(
    @Nullable String operation,
    @Nullable Long user,
    @Nullable Status status,
    boolean ended,
    @Nullable Instant from,
    @Nullable Instant until,
    @Nullable Long before,
    int limit) {

  String where(Rights rights) {
    StringBuilder where = new StringBuilder("where id < ?").append(within(rights));
    where.append(operation == null ? "" : " and operation = ?");
    where.append(user == null ? "" : " and created_by = ?");
    where.append(status == null ? "" : " and status = ?");
    where.append(ended ? " and status in (3, 4)" : "");
    String moment = ended ? "ended_at" : "created_at";
    where.append(from == null ? "" : " and " + moment + " >= ?");
    where.append(until == null ? "" : " and " + moment + " < ?");
    return where.toString();
  }

  List<Object> arguments() {
    List<Object> arguments = new ArrayList<>();
    arguments.add(before == null ? Long.MAX_VALUE : before);
    if (operation != null) {
      arguments.add(operation);
    }
    if (user != null) {
      arguments.add(user);
    }
    if (status != null) {
      arguments.add(status.code());
    }
    if (from != null) {
      arguments.add(Objects.requireNonNull(Utc.column(from)));
    }
    if (until != null) {
      arguments.add(Objects.requireNonNull(Utc.column(until)));
    }
    return arguments;
  }

  private static String within(Rights rights) {
    if (rights.everything()) {
      return "";
    }
    List<String> any = new ArrayList<>();
    Long self = rights.userId();
    any.add(self == null ? "created_by is null" : "created_by = " + self);
    for (EntityType type : EntityType.values()) {
      Owners owners = rights.owners(type, Action.BULK);
      String of = "entity = " + type.code();
      if (owners.all()) {
        any.add(of);
      } else if (!owners.none()) {
        any.add("(" + of + " and created_by in (" + Ids.listed(owners.ids()) + "))");
      }
    }
    return " and (" + String.join(" or ", any) + ")";
  }
}
