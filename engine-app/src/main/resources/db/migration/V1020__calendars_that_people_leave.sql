-- When the calendars of an account were looked up last, and since when its owner has not been active.
alter table calendar_account add column looked_at datetime(6);
alter table calendar_account add column idle_since datetime(6);

-- Consents that are still to be taken back at their provider after an account was disconnected; sealed are its tokens.
create table calendar_farewell (
  id         bigint           not null auto_increment,
  user_id    bigint           not null,
  provider   varchar(20)      not null,
  name       varchar(320)     not null,
  sealed     varbinary(30000) not null,
  expires_at datetime(6)      not null,
  attempts   int              not null,
  next_at    datetime(6)      not null,
  primary key (id)
);
create index calendar_farewell_next on calendar_farewell (next_at, id);

-- An entry whose appointment went to another calendar has no appointment any more: it is only taken out. Open_since is when
-- it began to be another than it should be; null when it is as it should be.
alter table calendar_event modify appointment_id bigint null;
alter table calendar_event add column open_since datetime(6);
update calendar_event set open_since = current_timestamp where revision <> written;
create index calendar_event_open on calendar_event (open_since, id);

-- Entries in calendars that are out of reach, because their account was disconnected or the calendar was not told any more.
-- Once the same calendar is there again, they follow their appointments or are taken out.
create table calendar_left_entry (
  id             bigint         not null auto_increment,
  user_id        bigint         not null,
  provider       varchar(20)    not null,
  account        varchar(320)   not null,
  calendar_key   varbinary(700) not null,
  appointment_id bigint,
  token          varchar(32)    not null,
  event_key      varbinary(700),
  record_type    varchar(20)    not null,
  record_id      bigint         not null,
  left_at        datetime(6)    not null,
  primary key (id)
);
create index calendar_left_entry_user on calendar_left_entry (user_id, id);
create index calendar_left_entry_time on calendar_left_entry (left_at, id);
