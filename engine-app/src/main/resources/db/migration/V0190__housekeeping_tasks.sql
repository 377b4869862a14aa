-- The table of db-scheduler: which housekeeping task runs when, and which node has picked it.
create table scheduled_tasks (
  task_name            varchar(100) not null,
  task_instance        varchar(100) not null,
  task_data            longblob,
  execution_time       datetime(6)  not null,
  picked               boolean      not null,
  picked_by            varchar(50),
  last_success         datetime(6),
  last_failure         datetime(6),
  consecutive_failures int,
  last_heartbeat       datetime(6),
  version              bigint       not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_due on scheduled_tasks (execution_time);
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);
