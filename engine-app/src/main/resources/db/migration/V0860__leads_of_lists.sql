-- The leads of lead lists stand in tables of their own, so that nothing that works with the leads of everybody sees them
-- (decision 24). Their ids are of the series of leads; values are kept by the permanent ids of fields.
alter table lead_list add column leads bigint not null default 0;

create table list_lead (
  id         bigint         not null primary key,
  list_id    bigint         not null,
  number     varchar(250),
  title      varbinary(400),
  custom     ${document},
  upload_id  bigint,
  created_at datetime(6)    not null,
  created_by bigint,
  changed_at datetime(6)    not null,
  version    int            not null
);
create index list_lead_by_list on list_lead (list_id, id);
create index list_lead_by_number on list_lead (list_id, number);
create index list_lead_by_title on list_lead (list_id, title);

-- What leads are compared by within the lists of one campaign: their number and what is unique, as hashes.
create table list_lead_key (
  value_key varbinary(16) not null,
  lead_id   bigint        not null,
  field_id  bigint        not null,
  list_id   bigint        not null,
  primary key (value_key, lead_id)
);
create index list_lead_key_of on list_lead_key (lead_id);

-- Which leads went from one list to another, with the names the lists had then.
create table list_lead_move (
  id        bigint       not null primary key,
  lead_id   bigint       not null,
  from_list varchar(200) not null,
  to_list   varchar(200) not null,
  upload_id bigint,
  moved_at  datetime(6)  not null,
  moved_by  bigint
);
create index list_lead_move_of on list_lead_move (lead_id, id);

-- Lists that are gone and whose leads are still to be deleted, some at a time.
create table list_removal (
  list_id bigint not null primary key
);
