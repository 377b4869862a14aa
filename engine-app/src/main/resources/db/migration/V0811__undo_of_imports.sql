-- What each chunk of an import has created and changed, packed: one row per chunk, so that writing it costs the import next
-- to nothing. Needed to take an import back; kept for 30 days.
create table import_trace (
  import_id bigint   not null,
  place     bigint   not null,
  body      longblob not null,
  primary key (import_id, place)
);

-- Imports from before know no traces and cannot be taken back; undo_id is the bulk action that takes one back.
alter table import_job add column traced boolean not null default false;
alter table import_job add column undo_id bigint;
