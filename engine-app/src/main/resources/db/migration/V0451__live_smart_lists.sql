-- Who works on the members of live smart lists: the rows are locks, one for each partition of the journal. The revision
-- rises with every change of which lists are live and what they ask for.
create table smart_upkeep (
  partition_id int    not null primary key,
  revision     bigint not null
);
insert into smart_upkeep (partition_id, revision)
values (0, 1), (1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1),
       (8, 1), (9, 1), (10, 1), (11, 1), (12, 1), (13, 1), (14, 1), (15, 1);

-- The lists whose members are kept. State: 1 being filled, 2 ready, 3 being emptied, 4 cannot be kept up.
create table smart_keep (
  list_id    bigint       not null primary key,
  entity     tinyint      not null,
  state      tinyint      not null,
  silent     boolean      not null,
  after_id   bigint       not null,
  looked     bigint       not null,
  total      bigint       not null,
  started_at datetime(6)  not null,
  basis      varchar(500) not null,
  idle_since datetime(6),
  problem    varchar(500)
);

-- Who is in a live list, and when the answer for a record changes by time alone.
create table smart_member (
  record_id bigint  not null,
  list_id   bigint  not null,
  is_member boolean not null,
  due_at    datetime(6),
  primary key (record_id, list_id)
);
create index smart_member_list on smart_member (list_id, is_member, record_id);
create index smart_member_due on smart_member (due_at, record_id);
