-- Keys that all nodes share, made by the first one that needs them.
create table secret_key (
  name   varchar(64)    not null primary key,
  secret varbinary(256) not null
);
