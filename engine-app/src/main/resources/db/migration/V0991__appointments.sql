-- Appointments of a user with a lead or contact. Status: 1 new, 2 confirmed, 3 cancelled, 4 showed, 5 no-show, 6 invalid.
create table appointment (
  id          bigint      not null auto_increment,
  owner_id    bigint      not null,
  record_type varchar(20) not null,
  record_id   bigint      not null,
  starts_at   datetime(6) not null,
  ends_at     datetime(6) not null,
  status      tinyint     not null,
  notes       longtext,
  created_by  bigint,
  created_at  datetime(6) not null,
  version     int         not null,
  primary key (id)
);
create index appointment_owner on appointment (owner_id, starts_at, id);
create index appointment_record on appointment (record_type, record_id, starts_at, id);

-- When an appointment was before it was moved.
create table appointment_move (
  id             bigint      not null auto_increment,
  appointment_id bigint      not null,
  starts_at      datetime(6) not null,
  ends_at        datetime(6) not null,
  moved_at       datetime(6) not null,
  moved_by       bigint,
  primary key (id),
  constraint appointment_move_of foreign key (appointment_id) references appointment (id) on delete cascade
);

-- The entry of an appointment in an outside calendar. Revision counts what it should be, written what it is; token names
-- it at the provider before the provider has named it. It outlives its appointment until the entry is gone there.
create table calendar_event (
  id             bigint       not null auto_increment,
  appointment_id bigint       not null,
  calendar_id    bigint       not null,
  token          varchar(32)  not null,
  event_key      varbinary(700),
  revision       int          not null,
  written        int          not null,
  written_from   datetime(6),
  written_to     datetime(6),
  lease_until    datetime(6),
  problem        varchar(600),
  primary key (id),
  constraint calendar_event_once unique (appointment_id),
  constraint calendar_event_calendar foreign key (calendar_id) references account_calendar (id) on delete cascade
);
