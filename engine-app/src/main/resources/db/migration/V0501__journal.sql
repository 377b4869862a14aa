-- The ordered log of what happened to records. place = partition * 2^48 + sequence: one number, so that a partition's
-- events lie side by side in the order of their commits.
create table journal_partition (
  id       int    not null primary key,
  next_seq bigint not null
);
insert into journal_partition (id, next_seq)
values (0, 1), (1, 1), (2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 1),
       (8, 1), (9, 1), (10, 1), (11, 1), (12, 1), (13, 1), (14, 1), (15, 1);

create table journal (
  place        bigint      not null primary key,
  happened_at  datetime(6) not null,
  kind         int         not null,
  subject_type int         not null,
  subject_id   bigint      not null,
  root_type    int         not null,
  root_id      bigint      not null,
  payload      varchar(12000),
  payload_long longtext
);
create index journal_root on journal (root_id, root_type, place);
