-- These tables are asked for lists of values: the column of the list stands first, because H2 does not use an index for
-- "a = ? and b in (...)" beyond its first column.
alter table unique_value drop primary key;
alter table unique_value add primary key (folded, field_id);
alter table record_tag drop primary key;
alter table record_tag add primary key (record_id, entity, tag_id);
drop index list_member_record on list_member;
create index list_member_of_record on list_member (record_id, entity, list_id);
