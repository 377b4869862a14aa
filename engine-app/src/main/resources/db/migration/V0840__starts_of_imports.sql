-- Starts of automations that an import causes and that are let go a few at a time. One row per such import says how;
-- held_start keeps what is to start until it does.
create table import_start (
  import_id  bigint      not null primary key,
  state      varchar(10) not null,
  per_minute int         not null,
  next_at    datetime(6) not null,
  held       bigint      not null,
  started    bigint      not null,
  created_at datetime(6) not null
);

create table held_start (
  id            bigint      not null primary key,
  import_id     bigint      not null,
  happened_at   datetime(6) not null,
  record_type   int         not null,
  record_id     bigint      not null,
  subject_type  int         not null,
  subject_id    bigint      not null,
  automation_id bigint      not null,
  event         ${document} not null
);
create index held_start_order on held_start (import_id, happened_at, record_id, id);
-- Who is erased for good does not wait any more.
create index held_start_record on held_start (record_id, record_type);
create index held_start_subject on held_start (subject_id, subject_type);
