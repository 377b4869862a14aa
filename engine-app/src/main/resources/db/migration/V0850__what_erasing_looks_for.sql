-- Erasing records for good looks for what is kept about them: by their ids, and not by going through everything.
create index notice_of_record on notice (ref_id, ref_type);
create index mailbox_of_record on mailbox (root_id, root_type);
create index bulk_undo_of_record on bulk_undo (record_id);
create index journal_parked_of_record on journal_parked (root_id, root_type);

-- The lowest and the highest id among the records of a trace; null in older ones.
alter table import_trace add column low_id bigint;
alter table import_trace add column high_id bigint;
