-- The account itself: one row. Without a time zone of its own it has that of the configuration.
create table company (
  id         int          not null primary key,
  name       varchar(200) not null,
  email      varchar(254),
  phone      varchar(50),
  website    varchar(500),
  street     varchar(200),
  zip        varchar(20),
  city       varchar(100),
  state      varchar(100),
  country    varchar(100),
  time_zone  varchar(60),
  logo       varchar(64),
  version    int          not null,
  changed_at datetime(6),
  changed_by varchar(200)
);
insert into company (id, name, version) values (1, '', 0);
