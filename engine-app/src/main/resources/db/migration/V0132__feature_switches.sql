-- What administrators have switched off, as keys with commas; features that come later are on.
create table feature_switches (
  id           int           not null primary key,
  switched_off varchar(1000) not null,
  version      int           not null
);
insert into feature_switches (id, switched_off, version) values (1, '', 0);
