-- The second step of the sign-in: time-based codes, recovery codes, devices that are remembered.
create table second_factor (
  user_id      bigint         not null primary key,
  -- Sealed by the vault.
  secret       varbinary(512) not null,
  confirmed_at datetime(6),
  -- The 30-second step of the last code that was taken: none is taken twice.
  last_step    bigint         not null,
  constraint second_factor_user foreign key (user_id) references app_user (id) on delete cascade
);

create table recovery_code (
  user_id   bigint   not null,
  code_hash char(64) not null,
  primary key (user_id, code_hash),
  constraint recovery_code_user foreign key (user_id) references app_user (id) on delete cascade
);

create table remembered_device (
  token_hash char(64)     not null primary key,
  user_id    bigint       not null,
  device     varchar(300) not null,
  address    varchar(100) not null,
  created_at datetime(6)  not null,
  expires_at datetime(6)  not null,
  constraint remembered_device_user foreign key (user_id) references app_user (id) on delete cascade
);
create index remembered_device_user_of on remembered_device (user_id);
create index remembered_device_expires on remembered_device (expires_at);

-- How a group of users signs in; a user is in one at most.
create table authentication_profile (
  id              bigint        not null primary key,
  name            varchar(200)  not null,
  description     varchar(1000) not null,
  second_factor   boolean       not null,
  mobile_redirect boolean       not null,
  version         int           not null,
  constraint authentication_profile_name unique (name)
);

create table authentication_profile_member (
  user_id    bigint not null primary key,
  profile_id bigint not null,
  constraint authentication_profile_member_user foreign key (user_id) references app_user (id) on delete cascade,
  constraint authentication_profile_member_profile foreign key (profile_id) references authentication_profile (id)
    on delete cascade
);
