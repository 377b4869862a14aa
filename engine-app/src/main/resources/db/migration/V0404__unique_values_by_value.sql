-- Values are looked up by the hundreds. H2 uses an index for a list of values only when they are its first column.
alter table unique_value drop primary key;
alter table unique_value add primary key (folded, field_id);
