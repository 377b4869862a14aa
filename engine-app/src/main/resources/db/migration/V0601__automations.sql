-- What a designer edits: the draft and whether a version of it is live.
create table automation (
  id                bigint       not null primary key,
  lock_version      int          not null,
  automation_key    varchar(100) not null,
  name              varchar(200) not null,
  description       varchar(2000),
  draft             longtext     not null,
  draft_changed     boolean      not null,
  state             varchar(20)  not null,
  published_version int,
  trigger_type      varchar(40),
  trigger_summary   varchar(500),
  created_at        datetime(6)  not null,
  created_by        bigint,
  updated_at        datetime(6)  not null,
  updated_by        bigint,
  constraint automation_key_once unique (automation_key)
);

-- What was published: never changed afterwards, so that runs finish on the version they started with.
create table automation_version (
  id             bigint      not null primary key,
  automation_id  bigint      not null,
  number         int         not null,
  bpmn           longtext    not null,
  drl            longtext    not null,
  author_id      bigint,
  published_at   datetime(6) not null,
  engine_version varchar(40) not null,
  trigger_json   longtext    not null,
  settings_json  longtext    not null,
  listens        boolean     not null,
  constraint automation_version_once unique (automation_id, number),
  constraint automation_version_of foreign key (automation_id) references automation (id)
);

-- Rises with every publish, pause, resume and unpublish; nodes poll it to rebuild their trigger index.
create table automation_revision (
  id       int    not null primary key,
  revision bigint not null
);
insert into automation_revision (id, revision) values (1, 0);
