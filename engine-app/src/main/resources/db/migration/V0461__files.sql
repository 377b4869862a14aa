-- Files of records. Their bytes lie in pieces, so that neither writing nor reading has a whole file in memory.
create table stored_file (
  id         bigint       not null primary key,
  entity     tinyint      not null,
  record_id  bigint       not null,
  name       varchar(250) not null,
  media_type varchar(100) not null,
  size_bytes bigint       not null,
  created_at datetime(6)  not null,
  created_by bigint
);
create index stored_file_of_record on stored_file (record_id, entity, id);

create table file_piece (
  file_id bigint   not null,
  place   int      not null,
  content longblob not null,
  primary key (file_id, place)
);
