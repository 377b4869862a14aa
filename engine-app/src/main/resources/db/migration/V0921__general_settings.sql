-- General settings: one row. A switch that nobody has set stands as the configuration says.
create table general_settings (
  id                 int not null primary key,
  duplicate_contacts boolean,
  version            int not null
);
insert into general_settings (id, version) values (1, 0);
