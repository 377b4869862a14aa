-- One table per entity: a column for each delivered field, one JSON document for all custom fields, keyed by field id.
create table leads (
  id         bigint not null primary key,
  version    int not null,
  first_name varchar(250), last_name varchar(250), name varchar(501), email varchar(254), phone varchar(50),
  company varchar(250), job_title varchar(250), city varchar(250), state varchar(250), country varchar(250),
  zip varchar(250), website varchar(500), source varchar(250), origin varchar(250), stage varchar(250),
  status varchar(250), lead_group varchar(250), rating varchar(250), score bigint, owner_id bigint,
  contact_id bigint, account_id bigint, starred boolean, do_not_call boolean, do_not_email boolean,
  last_activity_at datetime(6),
  created_at datetime(6) not null,
  created_by bigint,
  updated_at datetime(6) not null,
  updated_by bigint,
  trashed_at datetime(6),
  custom     ${document}
);
create index leads_name on leads (name, id);
create index leads_email on leads (email, id);
create index leads_phone on leads (phone, id);
create index leads_city on leads (city, id);
create index leads_source on leads (source, id);
create index leads_stage on leads (stage, created_at, id);
create index leads_owner on leads (owner_id, created_at, id);
create index leads_contact on leads (contact_id, id);
create index leads_account on leads (account_id, id);
create index leads_created on leads (created_at, id);
create index leads_updated on leads (updated_at, id);
create index leads_score on leads (score, id);
create index leads_activity on leads (last_activity_at, id);

create table contacts (
  id         bigint not null primary key,
  version    int not null,
  first_name varchar(250), last_name varchar(250), name varchar(501), email varchar(254), phone varchar(50),
  mobile varchar(50), city varchar(250), state varchar(250), country varchar(250), zip varchar(250),
  time_zone varchar(250), source varchar(250), owner_id bigint, account_id bigint, do_not_email boolean,
  starred boolean,
  created_at datetime(6) not null,
  created_by bigint,
  updated_at datetime(6) not null,
  updated_by bigint,
  trashed_at datetime(6),
  custom     ${document}
);
create index contacts_name on contacts (name, id);
create index contacts_email on contacts (email, id);
create index contacts_phone on contacts (phone, id);
create index contacts_account on contacts (account_id, id);
create index contacts_owner on contacts (owner_id, id);
create index contacts_created on contacts (created_at, id);
create index contacts_updated on contacts (updated_at, id);

create table accounts (
  id         bigint not null primary key,
  version    int not null,
  name varchar(250), website varchar(500), tin varchar(250), phone varchar(50), industry varchar(250),
  stage varchar(250), city varchar(250), state varchar(250), country varchar(250), employees bigint,
  annual_revenue decimal(30, 6), annual_revenue_currency char(3), owner_id bigint, starred boolean,
  created_at datetime(6) not null,
  created_by bigint,
  updated_at datetime(6) not null,
  updated_by bigint,
  trashed_at datetime(6),
  custom     ${document}
);
create index accounts_name on accounts (name, id);
create index accounts_stage on accounts (stage, id);
create index accounts_owner on accounts (owner_id, id);
create index accounts_created on accounts (created_at, id);
create index accounts_updated on accounts (updated_at, id);

create table activities (
  id         bigint not null primary key,
  version    int not null,
  type varchar(100) not null, lead_id bigint, contact_id bigint, account_id bigint,
  happened_at datetime(6) not null, subject varchar(250), notes ${document}, outcome varchar(250),
  amount decimal(30, 6), by_user_id bigint,
  created_at datetime(6) not null,
  created_by bigint,
  updated_at datetime(6) not null,
  updated_by bigint,
  trashed_at datetime(6),
  custom     ${document}
);
create index activities_lead on activities (lead_id, happened_at, id);
create index activities_contact on activities (contact_id, happened_at, id);
create index activities_account on activities (account_id, happened_at, id);
create index activities_type on activities (type, happened_at, id);
create index activities_created on activities (created_at, id);

create table tasks (
  id         bigint not null primary key,
  version    int not null,
  type varchar(100) not null, title varchar(250), notes ${document}, status varchar(250), due_at datetime(6),
  remind_at datetime(6), owner_id bigint, lead_id bigint, contact_id bigint, account_id bigint,
  completed_at datetime(6), created_by_run bigint, created_by_card varchar(250),
  created_at datetime(6) not null,
  created_by bigint,
  updated_at datetime(6) not null,
  updated_by bigint,
  trashed_at datetime(6),
  custom     ${document}
);
create index tasks_lead on tasks (lead_id, due_at, id);
create index tasks_contact on tasks (contact_id, id);
create index tasks_account on tasks (account_id, id);
create index tasks_owner on tasks (owner_id, status, due_at, id);
create index tasks_due on tasks (status, due_at, id);
create index tasks_reminder on tasks (status, remind_at, id);
create index tasks_run on tasks (created_by_run, id);
create index tasks_created on tasks (created_at, id);

create table notes (
  id         bigint not null primary key,
  version    int not null,
  text ${document}, lead_id bigint, contact_id bigint, account_id bigint,
  created_at datetime(6) not null,
  created_by bigint,
  updated_at datetime(6) not null,
  updated_by bigint,
  trashed_at datetime(6),
  custom     ${document}
);
create index notes_lead on notes (lead_id, id);
create index notes_contact on notes (contact_id, id);
create index notes_account on notes (account_id, id);
create index notes_created on notes (created_at, id);
