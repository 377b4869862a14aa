-- Groups of users for lists and views; they give no rights.
create table sales_group (
  id          bigint       not null primary key,
  name        varchar(200) not null,
  description varchar(1000),
  active      boolean      not null,
  version     int          not null,
  constraint sales_group_name unique (name)
);

create table sales_group_member (
  group_id bigint not null,
  user_id  bigint not null,
  primary key (group_id, user_id),
  constraint sales_group_member_group foreign key (group_id) references sales_group (id) on delete cascade,
  constraint sales_group_member_user foreign key (user_id) references app_user (id)
);
