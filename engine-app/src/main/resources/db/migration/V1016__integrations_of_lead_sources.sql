-- Ways in for leads from outside. What stands for a source is the form that leads keep of it, so that renaming and
-- replacing it goes on. Counts are changed with each arrival and are no part of the version.
create table lead_integration (
  id              bigint          not null auto_increment,
  name            varchar(100)    not null,
  kind            varchar(20)     not null,
  source_form     varchar(250)    not null,
  owner_id        bigint,
  active          boolean         not null,
  known           varchar(10)     not null,
  mapping         longtext        not null,
  thanks          varchar(500),
  delivery_field  varchar(200),
  page            varchar(40),
  token_digest    char(64)        not null,
  sealed          varbinary(8000) not null,
  version         int             not null,
  received        bigint          not null,
  created         bigint          not null,
  updated         bigint          not null,
  unchanged       bigint          not null,
  tests           bigint          not null,
  last_at         datetime(6),
  last_problem    varchar(1000),
  last_problem_at datetime(6),
  created_at      datetime(6)     not null,
  primary key (id),
  constraint lead_integration_name unique (name),
  constraint lead_integration_token unique (token_digest)
);

-- What came in through them. Key_digest tells the same delivery from another one; null where it has no key.
create table lead_arrival (
  id             bigint      not null auto_increment,
  integration_id bigint      not null,
  key_digest     char(64),
  received_at    datetime(6) not null,
  state          tinyint     not null,
  readable       boolean     not null,
  fetched        boolean     not null,
  payload        longtext    not null,
  problems       longtext,
  lead_id        bigint,
  attempts       int         not null,
  due_at         datetime(6),
  primary key (id),
  constraint lead_arrival_key unique (key_digest),
  constraint lead_arrival_integration foreign key (integration_id) references lead_integration (id) on delete cascade
);
create index lead_arrival_of on lead_arrival (integration_id, state, id);
create index lead_arrival_newest on lead_arrival (integration_id, id);
create index lead_arrival_due on lead_arrival (due_at);
create index lead_arrival_lead on lead_arrival (lead_id);
create index lead_arrival_age on lead_arrival (received_at);
