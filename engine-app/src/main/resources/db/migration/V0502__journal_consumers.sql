-- Who reads the journal, how far, and on which node.
create table node (
  id         varchar(60) not null primary key,
  started_at datetime(6) not null,
  beat       bigint      not null,
  beat_at    datetime(6) not null
);

create table journal_consumer (
  name   varchar(60) not null primary key,
  paused boolean     not null
);

create table journal_cursor (
  consumer     varchar(60) not null,
  partition_id int         not null,
  position     bigint      not null,
  owner        varchar(60),
  epoch        bigint      not null,
  primary key (consumer, partition_id)
);

-- Events that failed (state RETRY), those of the same record that wait behind them (RETRY without a due time), and
-- dead letters (state DEAD).
create table journal_parked (
  consumer     varchar(60) not null,
  place        bigint      not null,
  partition_id int         not null,
  state        varchar(10) not null,
  attempts     int         not null,
  due_at       datetime(6),
  parked_at    datetime(6) not null,
  error        varchar(2000),
  happened_at  datetime(6) not null,
  kind         int         not null,
  subject_type int         not null,
  subject_id   bigint      not null,
  root_type    int         not null,
  root_id      bigint      not null,
  payload      varchar(12000),
  payload_long longtext,
  primary key (consumer, place)
);
create index journal_parked_due on journal_parked (consumer, state, partition_id, due_at);
create index journal_parked_root on journal_parked (consumer, root_id, root_type, state);
create index journal_parked_dead on journal_parked (state, place);
