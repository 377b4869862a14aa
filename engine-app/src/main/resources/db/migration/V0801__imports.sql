-- Imports of files: one row per job, with its progress, and one per refusal. The file itself lies in the folder of the
-- node that received it; only a node that has it can lease the job.
create table import_job (
  id             bigint       not null primary key,
  entity         varchar(20)  not null,
  activity_type  varchar(100),
  match_field    varchar(100),
  file_name      varchar(250) not null,
  total_bytes    bigint       not null,
  status         varchar(20)  not null,
  plan           ${document}  not null,
  problem        varchar(2000),
  position       bigint       not null,
  handled_rows   bigint       not null,
  created_rows   bigint       not null,
  updated_rows   bigint       not null,
  unchanged_rows bigint       not null,
  refused_rows   bigint       not null,
  bytes_read     bigint       not null,
  created_at     datetime(6)  not null,
  created_by     bigint,
  started_at     datetime(6),
  ended_at       datetime(6),
  owner          varchar(36),
  epoch          bigint       not null,
  leased_until   datetime(6)  not null,
  tries          int          not null
);
create index import_job_open on import_job (status, leased_until);

create table import_refusal (
  import_id   bigint        not null,
  row_no      bigint        not null,
  place       int           not null,
  column_name varchar(250)  not null,
  given       varchar(250),
  reason      varchar(2000) not null,
  primary key (import_id, row_no, place)
);
