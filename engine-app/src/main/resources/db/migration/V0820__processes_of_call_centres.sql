-- Processes of call centres: one table definition each, people, lead lists and campaigns of their own. Names are unique
-- without letter case and outer spaces: what is compared stands beside them.
create table table_definition (
  id      bigint          not null primary key,
  name    varchar(200)    not null,
  folded  varbinary(1000) not null,
  version int             not null,
  constraint table_definition_name unique (folded)
);

create table table_column (
  definition_id bigint       not null,
  position      int          not null,
  name          varchar(100) not null,
  field_id      bigint       not null,
  nullable      boolean      not null,
  single        boolean      not null,
  main          boolean      not null,
  primary key (definition_id, position),
  constraint table_column_definition foreign key (definition_id) references table_definition (id) on delete cascade
);

create table call_process (
  id              bigint          not null primary key,
  name            varchar(200)    not null,
  folded          varbinary(1000) not null,
  definition_id   bigint          not null,
  time_zone       varchar(100)    not null,
  default_country char(2),
  version         int             not null,
  constraint call_process_name unique (folded),
  constraint call_process_definition foreign key (definition_id) references table_definition (id)
);

create table call_process_member (
  process_id bigint  not null,
  user_id    bigint  not null,
  supervisor boolean not null,
  primary key (process_id, user_id),
  constraint call_process_member_process foreign key (process_id) references call_process (id) on delete cascade,
  constraint call_process_member_user foreign key (user_id) references app_user (id)
);
create index call_process_member_by_user on call_process_member (user_id, process_id);

create table lead_list (
  id          bigint          not null primary key,
  process_id  bigint          not null,
  name        varchar(200)    not null,
  folded      varbinary(1000) not null,
  time_zone   varchar(100)    not null,
  owner_id    bigint          not null,
  description varchar(1000),
  enabled     boolean         not null,
  created_at  datetime(6)     not null,
  version     int             not null,
  constraint lead_list_name unique (process_id, folded),
  constraint lead_list_process foreign key (process_id) references call_process (id),
  constraint lead_list_owner foreign key (owner_id) references app_user (id)
);
