-- Who reported to whom, and since when: one row for each move in the reporting hierarchy.
create table user_move (
  id            bigint       not null primary key,
  user_id       bigint       not null,
  -- The superior before and after; null for none.
  from_user     bigint,
  to_user       bigint,
  -- Null when Leadloom moved the user by itself, for example with the sample data.
  moved_by      bigint,
  moved_by_name varchar(200) not null,
  moved_at      datetime(6)  not null,
  constraint user_move_user foreign key (user_id) references app_user (id)
);
create index user_move_of_user on user_move (user_id, id);
