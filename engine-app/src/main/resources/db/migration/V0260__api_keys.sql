-- Access key and secret key pairs of users. The secret is random, so a keyed hash of it is enough and quick to check.
create table api_key (
  id           bigint        not null primary key,
  user_id      bigint        not null,
  name         varchar(100)  not null,
  access_key   varchar(40)   not null,
  secret_hash  varbinary(32) not null,
  scopes       varchar(100)  not null,
  created_at   datetime(6)   not null,
  expires_at   datetime(6),
  revoked_at   datetime(6),
  last_used_at datetime(6),
  constraint api_key_access_key unique (access_key),
  constraint api_key_user foreign key (user_id) references app_user (id)
);
create index api_key_revoked on api_key (revoked_at);
