-- Values that only one live record may have: the primary key decides races. It is the field's id in 8 bytes and the
-- folded value in UTF-8.
create table unique_value (
  claim     varbinary(1032) not null primary key,
  record_id bigint          not null
);

create table tag (
  id         bigint       not null primary key,
  name       varchar(250) not null,
  folded     varbinary(1024) not null,
  created_at datetime(6)  not null,
  updated_at datetime(6)  not null,
  deleted_at datetime(6),
  deleted_by bigint,
  constraint tag_folded unique (folded)
);
create table record_tag (
  entity    tinyint     not null,
  record_id bigint      not null,
  tag_id    bigint      not null,
  added_at  datetime(6) not null,
  primary key (record_id, entity, tag_id)
);
create index record_tag_tag on record_tag (tag_id, entity, record_id);

create table static_list (
  id          bigint        not null primary key,
  version     int           not null,
  name        varchar(250)  not null,
  description varchar(1000),
  owner_id    bigint,
  created_at  datetime(6)   not null,
  updated_at  datetime(6)   not null,
  constraint static_list_name unique (name)
);
create table list_member (
  list_id   bigint      not null,
  entity    tinyint     not null,
  record_id bigint      not null,
  added_at  datetime(6) not null,
  primary key (list_id, entity, record_id)
);
create index list_member_record on list_member (record_id, entity, list_id);

-- Changes of fields that outlive the journal's retention.
create table record_history (
  entity       tinyint     not null,
  record_id    bigint      not null,
  at           datetime(6) not null,
  partition_id int         not null,
  seq          bigint      not null,
  kind         int         not null,
  root_entity  tinyint     not null,
  root_id      bigint      not null,
  changes      ${document},
  detail       ${document},
  cause        ${document} not null,
  primary key (partition_id, seq)
);
create index record_history_record on record_history (entity, record_id, at);
create index record_history_root on record_history (root_entity, root_id, at);
