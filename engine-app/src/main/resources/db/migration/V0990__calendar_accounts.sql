-- The application that an administrator has registered at a provider; its secret is sealed.
create table calendar_client (
  provider   varchar(20)     not null,
  client_id  varchar(300)    not null,
  sealed     varbinary(8000) not null,
  version    int             not null,
  updated_at datetime(6)     not null,
  primary key (provider)
);

-- A user who has been sent to a provider and has not come back yet. Of the state only a hash is kept; sealed is what
-- proves that it was this installation that asked (PKCE).
create table calendar_question (
  state_hash varchar(64)     not null,
  user_id    bigint          not null,
  provider   varchar(20)     not null,
  redirect   varchar(2000)   not null,
  sealed     varbinary(2000) not null,
  expires_at datetime(6)     not null,
  primary key (state_hash)
);
create index calendar_question_end on calendar_question (expires_at);
create index calendar_question_user on calendar_question (user_id);

-- Accounts of users at providers, one of each. State: 1 connected, 2 to be connected again.
create table calendar_account (
  id           bigint           not null auto_increment,
  user_id      bigint           not null,
  provider     varchar(20)      not null,
  name         varchar(320)     not null,
  sealed       varbinary(30000) not null,
  expires_at   datetime(6)      not null,
  state        tinyint          not null,
  connected_at datetime(6)      not null,
  version      int              not null,
  primary key (id),
  constraint calendar_account_once unique (user_id, provider)
);

-- The calendars of these accounts. Keys of providers tell letter cases apart, so they are bytes. Primary_of is the user
-- whose primary calendar it is: nobody has two.
create table account_calendar (
  id           bigint         not null auto_increment,
  account_id   bigint         not null,
  user_id      bigint         not null,
  calendar_key varbinary(700) not null,
  name         varchar(300)   not null,
  writable     boolean        not null,
  standard     boolean        not null,
  checked      boolean        not null,
  primary_of   bigint,
  primary key (id),
  constraint account_calendar_once unique (account_id, calendar_key),
  constraint account_calendar_primary unique (primary_of),
  constraint account_calendar_account foreign key (account_id) references calendar_account (id) on delete cascade
);
create index account_calendar_user on account_calendar (user_id, id);

-- One row for each user who has calendars or appointments: the version of the choice of calendars, and what is locked
-- while somebody is given an appointment.
create table calendar_user (
  user_id bigint not null,
  version int    not null,
  primary key (user_id)
);
