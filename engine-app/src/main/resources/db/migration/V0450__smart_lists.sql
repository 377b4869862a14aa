-- A named filter over leads, contacts or accounts, with how it is shown (VOC-014, ENG-074 to ENG-089).
create table smart_list (
  id          bigint        not null primary key,
  version     int           not null,
  entity      tinyint       not null,
  name        varchar(250)  not null,
  filter      varchar(8000) not null,
  sort_by     varchar(200),
  column_keys ${document},
  owner_id    bigint        not null,
  sharing     tinyint       not null,
  live        boolean       not null,
  created_at  datetime(6)   not null,
  updated_at  datetime(6)   not null,
  constraint smart_list_name unique (owner_id, name)
);
create index smart_list_shared on smart_list (entity, sharing);

-- Whom a list is shared with: kind 1 is a user by id, kind 2 a role by its key.
create table smart_list_share (
  list_id bigint      not null,
  kind    tinyint     not null,
  subject varchar(60) not null,
  primary key (list_id, kind, subject)
);
create index smart_list_share_subject on smart_list_share (kind, subject, list_id);

-- How one user looks at one list: columns, order of records, place of the tab. List 0 is all records of the kind.
create table list_view (
  user_id     bigint  not null,
  entity      tinyint not null,
  list_id     bigint  not null,
  column_keys ${document},
  sort_by     varchar(200),
  position    int,
  primary key (user_id, entity, list_id)
);
create index list_view_list on list_view (list_id);
