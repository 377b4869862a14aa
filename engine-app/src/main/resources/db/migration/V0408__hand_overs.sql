-- Jobs that give what somebody owns to somebody else.
create table hand_over (
  id           bigint       not null primary key,
  from_user    bigint       not null,
  to_user      bigint       not null,
  status       int          not null,
  requested_by bigint,
  requested_at datetime(6)  not null,
  ended_at     datetime(6),
  total        bigint       not null,
  done         bigint       not null,
  left_out     bigint       not null,
  problem      varchar(500)
);
create index hand_over_from on hand_over (from_user, id);
create index hand_over_status on hand_over (status, id);
