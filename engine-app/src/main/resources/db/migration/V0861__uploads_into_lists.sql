-- Uploads of files into lead lists: where they stand, and the rows of which there is something to say. The file lies in
-- the folder of imports of the node that received it.
create table list_upload (
  id            bigint       not null primary key,
  list_id       bigint       not null,
  file_name     varchar(250) not null,
  total_bytes   bigint       not null,
  status        varchar(20)  not null,
  mode          varchar(20)  not null,
  plan          ${document}  not null,
  problem       varchar(2000),
  position      bigint       not null,
  created_rows  bigint       not null,
  updated_rows  bigint       not null,
  migrated_rows bigint       not null,
  skipped_rows  bigint       not null,
  failed_rows   bigint       not null,
  bytes_read    bigint       not null,
  created_at    datetime(6)  not null,
  created_by    bigint,
  ended_at      datetime(6)
);
create index list_upload_of on list_upload (list_id, id);
create index list_upload_open on list_upload (status, id);

create table list_upload_remark (
  upload_id   bigint        not null,
  row_no      bigint        not null,
  place       int           not null,
  outcome     varchar(20)   not null,
  column_name varchar(250)  not null,
  given       varchar(250),
  reason      varchar(2000) not null,
  primary key (upload_id, row_no, place)
);
