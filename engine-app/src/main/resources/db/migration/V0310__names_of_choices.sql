-- What records keep of a choice never changes, so that it can get another name at any time, however many records have it.
alter table choice add column stored_form varchar(250) default '' not null;
alter table choice add column shared boolean default true not null;
update choice set stored_form = label;

-- All that records may have kept for a choice: its own form, and those of choices that it has replaced.
create table choice_form (
  kind      varchar(30)  not null,
  form      varchar(250) not null,
  choice_id bigint       not null,
  primary key (kind, form)
);
create index choice_form_choice on choice_form (choice_id);
insert into choice_form (kind, form, choice_id) select kind, stored_form, id from choice;

-- Names that choices, or those they have replaced, had before: who still uses one means the choice.
create table choice_former_name (
  kind      varchar(30)  not null,
  name      varchar(250) not null,
  choice_id bigint       not null,
  primary key (kind, name)
);
create index choice_former_name_choice on choice_former_name (choice_id);

-- How leads are worked with; one row.
create table lead_setting (
  id              int     not null primary key,
  stage_comments  boolean not null,
  stage_mandatory boolean not null,
  stage_quick_add boolean not null,
  stage_import    boolean not null
);
insert into lead_setting (id, stage_comments, stage_mandatory, stage_quick_add, stage_import)
values (1, false, false, true, true);
