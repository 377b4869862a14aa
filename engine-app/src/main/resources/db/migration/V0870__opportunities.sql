-- Opportunities (deals): what they are made of, the records, and which field of a lead goes where when it is converted.
create table pipeline (
  id        bigint       not null primary key,
  name      varchar(250) not null,
  position  int          not null,
  in_funnel boolean      not null,
  in_pie    boolean      not null,
  version   int          not null,
  constraint pipeline_name unique (name)
);
insert into pipeline (id, name, position, in_funnel, in_pie, version) values (1, 'Sales', 1, true, true, 1);
insert into id_block (name, next_id) values ('pipeline', 1000);

create table pipeline_stage (
  id          bigint       not null primary key,
  pipeline_id bigint       not null,
  name        varchar(250) not null,
  position    int          not null,
  in_funnel   boolean      not null,
  in_pie      boolean      not null,
  constraint pipeline_stage_pipeline foreign key (pipeline_id) references pipeline (id)
);
insert into pipeline_stage (id, pipeline_id, name, position, in_funnel, in_pie) values
  (1, 1, 'New', 1, true, true),
  (2, 1, 'Qualified', 2, true, true),
  (3, 1, 'Proposal sent', 3, true, true),
  (4, 1, 'Negotiation', 4, true, true),
  (5, 1, 'Closing', 5, true, true);
insert into id_block (name, next_id) values ('pipeline_stage', 1000);

create table opportunity_status (
  id        bigint       not null primary key,
  name      varchar(250) not null,
  kind      varchar(20)  not null,
  delivered boolean      not null,
  position  int          not null,
  constraint opportunity_status_name unique (name)
);
insert into opportunity_status (id, name, kind, delivered, position) values
  (1, 'Open', 'open', true, 1),
  (2, 'Won', 'won', true, 2),
  (3, 'Lost', 'lost', true, 3),
  (4, 'Disqualified', 'disqualified', true, 4);
insert into id_block (name, next_id) values ('opportunity_status', 1000);

-- What names mean that pipelines, stages and statuses had before, and what records still keep of those that are gone.
create table opportunity_former_name (
  field_key varchar(20)  not null,
  name      varchar(250) not null,
  means     bigint       not null,
  primary key (field_key, name)
);
create table opportunity_form (
  field_key varchar(20) not null,
  form      varchar(20) not null,
  means     bigint      not null,
  primary key (field_key, form)
);

create table opportunity_setting (
  id               int     not null primary key,
  allow_duplicates boolean not null
);
insert into opportunity_setting (id, allow_duplicates) values (1, true);

-- A lead's field goes to one field of the target, and a field of the target takes one. Pairs of fields with the same meaning
-- are there from the start.
create table lead_mapping (
  page         varchar(20) not null,
  lead_field   bigint      not null,
  target_field bigint      not null,
  primary key (page, lead_field),
  constraint lead_mapping_target unique (page, target_field)
);
insert into lead_mapping (page, lead_field, target_field) values
  ('deal', 50, 601),
  ('deal', 13, 608),
  ('deal', 20, 609),
  ('deal', 4, 614),
  ('deal', 5, 615),
  ('deal', 6, 616),
  ('deal', 8, 617),
  ('deal', 9, 618),
  ('deal', 10, 619),
  ('deal', 11, 620),
  ('deal', 12, 621),
  ('deal', 51, 622),
  ('deal', 52, 623),
  ('deal', 53, 624),
  ('deal', 54, 625),
  ('deal', 55, 626),
  ('client', 1, 101),
  ('client', 2, 102),
  ('client', 4, 104),
  ('client', 5, 105),
  ('client', 8, 107),
  ('client', 9, 108),
  ('client', 10, 109),
  ('client', 11, 110),
  ('client', 13, 112),
  ('contact', 1, 101),
  ('contact', 2, 102),
  ('contact', 4, 104),
  ('contact', 5, 105),
  ('contact', 8, 107),
  ('contact', 9, 108),
  ('contact', 10, 109),
  ('contact', 11, 110),
  ('contact', 13, 112),
  ('contact', 22, 114);

create table opportunities (
  id         bigint not null primary key,
  version    int not null,
  name varchar(250), contact_id bigint, pipeline varchar(20), stage varchar(20), status varchar(20),
  status_kind varchar(20), deal_value decimal(30, 6), deal_value_currency char(3), source varchar(250), owner_id bigint,
  account_id bigint, lead_id bigint, closed_at datetime(6), description ${document}, email varchar(254),
  phone varchar(50), company varchar(250), city varchar(250), state varchar(250), country varchar(250),
  zip varchar(250), website varchar(500), sales_direction varchar(250), service_product varchar(250),
  marketing_campaign varchar(250), distribution_channel varchar(250), requirements ${document}, starred boolean,
  created_at datetime(6) not null,
  created_by bigint,
  updated_at datetime(6) not null,
  updated_by bigint,
  trashed_at datetime(6),
  custom     ${document}
);
create index opportunities_stage on opportunities (stage, id);
create index opportunities_contact on opportunities (contact_id, id);
create index opportunities_account on opportunities (account_id, id);
create index opportunities_lead on opportunities (lead_id, id);
create index opportunities_owner on opportunities (owner_id, created_at, id);
create index opportunities_created on opportunities (created_at, id);
create table opportunity_slot (
  id bigint not null primary key,
  text_01 varchar(500),
  text_02 varchar(500),
  text_03 varchar(500),
  text_04 varchar(500),
  text_05 varchar(500),
  text_06 varchar(500),
  text_07 varchar(500),
  text_08 varchar(500),
  text_09 varchar(500),
  text_10 varchar(500),
  text_11 varchar(500),
  text_12 varchar(500),
  text_13 varchar(500),
  text_14 varchar(500),
  text_15 varchar(500),
  text_16 varchar(500),
  text_17 varchar(500),
  text_18 varchar(500),
  text_19 varchar(500),
  text_20 varchar(500),
  number_01 decimal(30, 6),
  number_02 decimal(30, 6),
  number_03 decimal(30, 6),
  number_04 decimal(30, 6),
  number_05 decimal(30, 6),
  number_06 decimal(30, 6),
  number_07 decimal(30, 6),
  number_08 decimal(30, 6),
  number_09 decimal(30, 6),
  number_10 decimal(30, 6),
  number_11 decimal(30, 6),
  number_12 decimal(30, 6),
  number_13 decimal(30, 6),
  number_14 decimal(30, 6),
  number_15 decimal(30, 6),
  number_16 decimal(30, 6),
  number_17 decimal(30, 6),
  number_18 decimal(30, 6),
  number_19 decimal(30, 6),
  number_20 decimal(30, 6),
  time_01 datetime(6),
  time_02 datetime(6),
  time_03 datetime(6),
  time_04 datetime(6),
  time_05 datetime(6),
  time_06 datetime(6),
  time_07 datetime(6),
  time_08 datetime(6),
  time_09 datetime(6),
  time_10 datetime(6)
);

-- What a converted lead has become, and who is a client.
alter table leads add column converted_deal_id bigint;
alter table leads add column converted_client_id bigint;
alter table contacts add column client boolean;
alter table accounts add column client boolean;

-- Activities, tasks and notes can be about an opportunity.
alter table activities add column opportunity_id bigint;
alter table tasks add column opportunity_id bigint;
alter table notes add column opportunity_id bigint;
create index activities_opportunity on activities (opportunity_id, happened_at, id);
create index tasks_opportunity on tasks (opportunity_id, id);
create index notes_opportunity on notes (opportunity_id, id);

-- Fields of one's own with the keys of these go on under another key.
update custom_field set field_key = concat(field_key, '_own')
 where activity_type = '' and entity = 'LEAD' and lower(field_key) in ('converteddeal', 'convertedclient');
update custom_field set field_key = concat(field_key, '_own')
 where activity_type = '' and entity in ('CONTACT', 'ACCOUNT') and lower(field_key) = 'client';
update custom_field set field_key = concat(field_key, '_own')
 where entity in ('ACTIVITY', 'TASK', 'NOTE') and lower(field_key) = 'opportunity';
