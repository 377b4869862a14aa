-- Where the next block of permanent ids starts, per sequence. Nodes reserve blocks, so gaps are normal.
create table id_block (
  name    varchar(64) not null primary key,
  next_id bigint      not null
);
