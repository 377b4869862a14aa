package io.leadloom.record.search;

import java.util.ArrayList;
import java.util.List;

/** A piece of SQL with its arguments. */
record SqlCondition(String sql, List<Object> arguments) {

  static SqlCondition of(String sql, Object... arguments) {
    return new SqlCondition(sql, List.of(arguments));
  }

  static SqlCondition joined(String joint, List<SqlCondition> parts, String ifNone) {
    if (parts.isEmpty()) {
      return of(ifNone);
    }
    StringBuilder sql = new StringBuilder("(");
    List<Object> arguments = new ArrayList<>();
    String between = "";
    for (SqlCondition part : parts) {
      sql.append(between).append(part.sql());
      arguments.addAll(part.arguments());
      between = joint;
    }
    return new SqlCondition(sql.append(')').toString(), arguments);
  }

  SqlCondition wrapped(String before, String after) {
    return new SqlCondition(before + sql + after, arguments);
  }
}
