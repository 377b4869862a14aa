-- One row per run. A run that never waits has this row only: its whole history stands in steps.
create table run (
  id            bigint        not null primary key,
  automation_id bigint        not null,
  version_id    bigint        not null,
  root_type     smallint      not null,
  root_id       bigint        not null,
  status        smallint      not null,
  started_at    datetime(6)   not null,
  ended_at      datetime(6),
  cause         varchar(4000) not null,
  incident      varchar(1000),
  steps         ${document}   not null
);
create index run_of_record on run (root_id, root_type, id);
create index run_of_automation on run (automation_id, status, id);
create index run_by_start on run (started_at);

-- What happened each time a waiting run was carried on; appended, never changed.
create table run_steps (
  run_id bigint      not null,
  part   int         not null,
  steps  ${document} not null,
  primary key (run_id, part)
);

-- Where a waiting run stands. The payload is coupled to the engine's version.
create table run_state (
  run_id         bigint           not null primary key,
  version_id     bigint           not null,
  parts          int              not null,
  engine_version varchar(40)      not null,
  state          varbinary(60000) not null,
  context        ${document}      not null
);

-- What a waiting run waits for: a moment, an event of its record, the answer of a card, or somebody to mend a failure.
create table run_wait (
  run_id     bigint        not null,
  wait_id    varchar(100)  not null,
  node_id    varchar(100)  not null,
  visit      int           not null,
  kind       smallint      not null,
  due        datetime(6),
  held       boolean       not null,
  event_root bigint,
  tries      smallint      not null,
  message    varchar(1000),
  primary key (run_id, wait_id)
);
create index run_wait_due on run_wait (held, due);
create index run_wait_event on run_wait (event_root);

-- When an automation last started for a record, for the re-entry policies that must know.
create table automation_entry (
  automation_id bigint      not null,
  root_type     smallint    not null,
  root_id       bigint      not null,
  started_at    datetime(6) not null,
  run_id        bigint      not null,
  running       boolean     not null,
  primary key (root_id, automation_id, root_type)
);

-- How many runs went through each card of a version; the empty card counts the runs themselves. Sharded, so that
-- workers do not wait for each other.
create table card_figure (
  version_id bigint       not null,
  card       varchar(100) not null,
  shard      smallint     not null,
  entered    bigint       not null,
  waiting    bigint       not null,
  done       bigint       not null,
  failed     bigint       not null,
  primary key (version_id, card, shard)
);

-- How far the time triggers (reminders, date fields, schedules) have come. A window is worked off in id order.
create table automation_moment (
  name       varchar(120) not null primary key,
  position   datetime(6)  not null,
  up_to      datetime(6),
  last_id    bigint       not null
);

-- Whose turn it is next, per card that distributes by turns.
create table distribution_turn (
  automation_id bigint       not null,
  card          varchar(100) not null,
  turn          bigint       not null,
  primary key (automation_id, card)
);

-- Notices to users, shown in the app.
create table notice (
  id         bigint        not null primary key,
  user_id    bigint        not null,
  at         datetime(6)   not null,
  subject    varchar(500)  not null,
  text       varchar(4000) not null,
  ref_type   smallint      not null,
  ref_id     bigint        not null,
  run_id     bigint,
  read_at    datetime(6)
);
create index notice_of_user on notice (user_id, id);
