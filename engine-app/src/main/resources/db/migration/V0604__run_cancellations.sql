-- Jobs that cancel all runs of a version, page by page in the order of run ids; the row is the job's cursor and its lock.
create table run_cancellation (
  id            bigint       not null primary key,
  automation_id bigint       not null,
  version_id    bigint       not null,
  number        int          not null,
  status        smallint     not null,
  requested_by  varchar(200) not null,
  requested_at  datetime(6)  not null,
  ended_at      datetime(6),
  total         bigint,
  cancelled     bigint       not null,
  failed        bigint       not null,
  last_id       bigint       not null,
  found         bigint       not null
);
create index run_cancellation_open on run_cancellation (status, id);
create index run_cancellation_of on run_cancellation (automation_id, id);
