package io.leadloom.record.calling;

import io.leadloom.schema.FieldType;

/**
 * A column of a table definition, built on a field of leads (LEAD-209).
 *
 * @param name what headers of files call it, for example {@code phone1}
 * @param field the key of the field that holds its values
 * @param label the name of that field
 * @param type the type of its values
 * @param nullable whether a row may have nothing in it
 * @param unique whether two rows may not share a value; blanks are never equal (LEAD-049)
 * @param primary whether it tells rows apart: it is unique and not nullable then (LEAD-051)
 */
public record TableColumn(
    String name,
    String field,
    String label,
    FieldType type,
    boolean nullable,
    boolean unique,
    boolean primary) {}
