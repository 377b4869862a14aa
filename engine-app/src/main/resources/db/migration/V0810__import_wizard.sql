-- Before an import writes, its rows can be counted and checked: the same job, whose counters are those of the check until
-- it is started. Rows whose record is there already update it or are skipped.
alter table import_job add column duplicates varchar(10) not null default 'update';
alter table import_job add column skipped_rows bigint not null default 0;
alter table import_job add column counted_rows bigint not null default 0;
alter table import_job add column counted boolean not null default false;

-- Values that rows of a file under check would write and by which later rows find their record or are refused, as
-- 64 bits of their digest; of_print is the value that the row itself is found by. Empty when no check runs.
create table import_seen (
  import_id bigint not null,
  print     bigint not null,
  of_print  bigint not null,
  row_no    bigint not null,
  primary key (import_id, print)
);

-- What a person last made of the columns of files with the same header.
create table import_memory (
  user_id bigint      not null,
  entity  varchar(20) not null,
  header  char(64)    not null,
  choice  ${document} not null,
  used_at datetime(6) not null,
  primary key (user_id, entity, header)
);
