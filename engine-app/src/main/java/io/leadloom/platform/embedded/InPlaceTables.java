package io.leadloom.platform.embedded;

import org.h2.api.TableEngine;
import org.h2.command.Prepared;
import org.h2.command.ddl.CreateTableData;
import org.h2.engine.SessionLocal;
import org.h2.mvstore.db.MVTable;
import org.h2.mvstore.db.Store;
import org.h2.result.LocalResult;
import org.h2.result.Row;
import org.h2.table.Table;
import org.h2.value.DataType;

/**
 * Tables of H2 in which an UPDATE of one row changes the row where it stands and those index entries that differ. H2's own
 * takes the row and all its index entries out and puts them in again, which costs a record with ten indexes four times as
 * much. The store of the tables gathers more before it writes ({@link WriteBuffer}). The file is the same with both: who opens it without this gets H2's own tables. H2 makes the one instance, named
 * by {@code DEFAULT_TABLE_ENGINE} in the URL.
 */
public final class InPlaceTables implements TableEngine {

  @Override
  public Table createTable(CreateTableData data) {
    Store store = data.session.getDatabase().getStore();
    WriteBuffer.widen(store.getMvStore());
    // The store must know the tables with large objects, to clean up after a roll-back.
    boolean large =
        data.columns.stream()
            .anyMatch(column -> DataType.isLargeObject(column.getType().getValueType()));
    return large ? store.createTable(data) : new InPlace(data, store);
  }

  private static final class InPlace extends MVTable {

    InPlace(CreateTableData data, Store store) {
      super(data, store);
    }

    @Override
    public void updateRows(Prepared prepared, SessionLocal session, LocalResult rows) {
      if (rows.getRowCount() == 2 && rows.next()) {
        Row before = rows.currentRowForTable();
        rows.next();
        Row after = rows.currentRowForTable();
        if (hasSamePlace(before, after)) {
          updateRow(session, before, after);
          return;
        }
        rows.reset();
      }
      // Several rows may swap unique values, which only works when all are taken out first.
      super.updateRows(prepared, session, rows);
    }

    private boolean hasSamePlace(Row before, Row after) {
      int key = getMainIndexColumn();
      return key < 0 || before.getValue(key).equals(after.getValue(key));
    }
  }
}
