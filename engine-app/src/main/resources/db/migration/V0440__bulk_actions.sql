-- Bulk actions on records (LEAD-081, ENG-108). The row is the job's cursor and, while a page is worked, its lock. Members are
-- ids in pieces of fixed size, so that their place says which piece they are in; of what became of them only failures are
-- kept, and what an undo needs.
create table bulk_action (
  id              bigint       not null primary key,
  entity          tinyint      not null,
  operation       varchar(40)  not null,
  name            varchar(200) not null,
  status          tinyint      not null,
  settings        ${document}  not null,
  filter          ${document},
  undo_of         bigint,
  not_before      datetime(6)  not null,
  scheduled_at    datetime(6),
  batch_size      int,
  batch_minutes   int,
  created_at      datetime(6)  not null,
  created_by      bigint,
  started_at      datetime(6),
  ended_at        datetime(6),
  collected_to    bigint       not null,
  total           bigint       not null,
  handled         bigint       not null,
  succeeded       bigint       not null,
  changed         bigint       not null,
  failed          bigint       not null,
  problem         varchar(500)
);
create index bulk_action_open on bulk_action (status, not_before);
create index bulk_action_by on bulk_action (created_by, id);
create index bulk_action_undo on bulk_action (undo_of);

create table bulk_chunk (
  bulk_id bigint        not null,
  number  int           not null,
  ids     varchar(4100) not null,
  primary key (bulk_id, number)
);

create table bulk_failure (
  bulk_id   bigint        not null,
  record_id bigint        not null,
  reason    varchar(1000) not null,
  primary key (bulk_id, record_id)
);

-- How to take back what was done to a record; for 30 days.
create table bulk_undo (
  bulk_id   bigint      not null,
  record_id bigint      not null,
  way_back  ${document} not null,
  primary key (bulk_id, record_id)
);
