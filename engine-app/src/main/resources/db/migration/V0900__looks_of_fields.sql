-- How administrators have fields look, those delivered with Leadloom and their own: the place among the fields of the
-- entity, the name of a delivered one, what stands in an empty input, what helps to fill it in, whether it is disabled,
-- offered in the filters, and shown in the list. A field without a row looks as it was delivered.
create table field_look (
  field_id    bigint  not null primary key,
  version     int     not null,
  position    int,
  label       varchar(250),
  placeholder varchar(250),
  help        varchar(1000),
  disabled    boolean not null,
  criterion   boolean not null,
  listed      boolean
);
insert into field_look (field_id, version, placeholder, disabled, criterion)
  select id, 0, placeholder, false, true from custom_field where placeholder is not null;
alter table custom_field drop column placeholder;
