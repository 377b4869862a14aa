-- Which record has been merged into which: kept for good, so that old ids keep resolving.
create table merged_record (
  record_id   bigint  not null,
  entity      tinyint not null,
  survivor_id bigint  not null,
  merge_id    bigint  not null,
  primary key (record_id, entity)
);
create index merged_record_survivor on merged_record (survivor_id, entity);
create index merged_record_merge on merged_record (merge_id);

-- Merges; the way back is null once it is too late for it.
create table record_merge (
  id          bigint      not null primary key,
  entity      tinyint     not null,
  survivor_id bigint      not null,
  merged_at   datetime(6) not null,
  merged_by   bigint,
  undone_at   datetime(6),
  undone_by   bigint,
  way_back    ${document}
);
create index record_merge_survivor on record_merge (survivor_id, entity, id);
create index record_merge_age on record_merge (merged_at);

-- What has been given to the survivor of a merge: kind is the code of the entity, 100 of follow-ups.
create table merge_moved (
  merge_id  bigint       not null,
  kind      tinyint      not null,
  field_key varchar(250) not null,
  record_id bigint       not null,
  from_id   bigint       not null,
  primary key (merge_id, kind, field_key, record_id)
);
