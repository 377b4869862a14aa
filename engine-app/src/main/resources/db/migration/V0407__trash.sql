-- What is in the trash, in the order in which the trash is listed. A table of its own, because an index on the records
-- would make every change of every record dearer.
create table trash (
  entity     tinyint     not null,
  record_id  bigint      not null,
  trashed_at datetime(6) not null,
  primary key (record_id, entity)
);
create index trash_by_time on trash (entity, trashed_at, record_id);
insert into trash (entity, record_id, trashed_at) select 1, id, trashed_at from leads where trashed_at is not null;
insert into trash (entity, record_id, trashed_at) select 2, id, trashed_at from contacts where trashed_at is not null;
insert into trash (entity, record_id, trashed_at) select 3, id, trashed_at from accounts where trashed_at is not null;
insert into trash (entity, record_id, trashed_at) select 4, id, trashed_at from activities where trashed_at is not null;
insert into trash (entity, record_id, trashed_at) select 5, id, trashed_at from tasks where trashed_at is not null;
insert into trash (entity, record_id, trashed_at) select 6, id, trashed_at from notes where trashed_at is not null;
