-- Links that set a password once: for users who forgot theirs, and for invited ones who have none yet.
create table password_link (
  -- The SHA-256 of what the link holds: whoever reads the table cannot make a link of it.
  token_hash char(64)    not null primary key,
  user_id    bigint      not null,
  created_at datetime(6) not null,
  expires_at datetime(6) not null,
  constraint password_link_user foreign key (user_id) references app_user (id) on delete cascade
);
create index password_link_expires on password_link (expires_at);
