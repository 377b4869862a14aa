-- The one key of the account. Administrators can look at it again, so it is sealed and not only hashed.
create table account_key (
  id           int            not null primary key,
  sealed       varbinary(512) not null,
  created_at   datetime(6)    not null,
  created_by   varchar(200)   not null,
  last_used_at datetime(6)
);
