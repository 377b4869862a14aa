-- Logos and photos, checked and made anew before they came here. Few and small, so they live beside what they belong to.
create table picture (
  owner      varchar(60)    not null primary key,
  media_type varchar(40)    not null,
  hash       varchar(64)    not null,
  content    longblob       not null,
  changed_at datetime(6)    not null
);
