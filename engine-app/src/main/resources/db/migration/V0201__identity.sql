-- The people who work here, their teams and who reports to whom.
create table app_user (
  id         bigint       not null primary key,
  login      varchar(100) not null,
  name       varchar(200) not null,
  email      varchar(250),
  phone      varchar(50),
  password   varchar(200) not null,
  active     boolean      not null,
  time_zone  varchar(60),
  locale     varchar(20),
  reports_to bigint,
  version    int          not null,
  created_at datetime(6)  not null,
  updated_at datetime(6)  not null,
  constraint app_user_login unique (login),
  constraint app_user_reports_to foreign key (reports_to) references app_user (id)
);

create table user_role (
  user_id bigint      not null,
  role    varchar(40) not null,
  primary key (user_id, role),
  constraint user_role_user foreign key (user_id) references app_user (id)
);

create table team (
  id      bigint       not null primary key,
  name    varchar(200) not null,
  version int          not null,
  constraint team_name unique (name)
);

create table team_member (
  team_id bigint not null,
  user_id bigint not null,
  turn    int    not null,
  primary key (team_id, user_id),
  constraint team_member_team foreign key (team_id) references team (id) on delete cascade,
  constraint team_member_user foreign key (user_id) references app_user (id)
);

-- One row: rises with every change, so that nodes notice; locked by writers, so that checks over several users hold.
create table identity_state (
  id      int    not null primary key,
  version bigint not null
);
insert into identity_state (id, version) values (1, 1);
