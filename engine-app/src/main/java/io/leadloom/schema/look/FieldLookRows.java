package io.leadloom.schema.look;

import io.leadloom.schema.Field;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The looks of fields in their table. */
@Component
public class FieldLookRows {

  private final JdbcTemplate jdbc;

  FieldLookRows(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  Map<Long, FieldLook> all() {
    Map<Long, FieldLook> looks = new HashMap<>();
    jdbc.query(
        "select field_id, version, position, label, placeholder, help, disabled, criterion, listed from field_look",
        row -> {
          Object position = row.getObject("position");
          Object listed = row.getObject("listed");
          looks.put(
              row.getLong("field_id"),
              new FieldLook(
                  row.getInt("version"),
                  position == null ? null : row.getInt("position"),
                  row.getString("label"),
                  row.getString("placeholder"),
                  row.getString("help"),
                  row.getBoolean("disabled"),
                  row.getBoolean("criterion"),
                  listed == null ? null : row.getBoolean("listed")));
        });
    return looks;
  }

  /** The fields as administrators have them look, in their order; what nobody has placed comes last. */
  public List<Field> applied(List<Field> fields) {
    Map<Long, FieldLook> looks = all();
    List<Field> looking = new ArrayList<>();
    for (Field field : fields) {
      FieldLook look = looks.get(field.id());
      looking.add(look == null ? field : field.looking(look));
    }
    looking.sort(Comparator.comparingInt(FieldLookRows::place));
    return looking;
  }

  private static int place(Field field) {
    Integer position = field.look().position();
    return position == null ? Integer.MAX_VALUE : position;
  }

  void write(long fieldId, FieldLook look) {
    jdbc.update("delete from field_look where field_id = ?", fieldId);
    jdbc.update(
        "insert into field_look (field_id, version, position, label, placeholder, help, disabled, criterion, listed)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        fieldId,
        look.version(),
        look.position(),
        look.label(),
        look.placeholder(),
        look.help(),
        look.disabled(),
        look.criterion(),
        look.listed());
  }
}
