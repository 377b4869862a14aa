-- How the page of a lead looks: what administrators made, as JSON, and which team has which.
create table lead_view (
  id          bigint        not null primary key,
  name        varchar(200)  not null,
  description varchar(1000),
  layout      ${document}   not null,
  version     int           not null,
  constraint lead_view_name unique (name)
);

create table team_lead_view (
  team_id bigint not null primary key,
  view_id bigint not null,
  constraint team_lead_view_team foreign key (team_id) references team (id) on delete cascade,
  constraint team_lead_view_view foreign key (view_id) references lead_view (id) on delete cascade
);

-- Tabs that single users made for themselves.
create table own_lead_tab (
  id      bigint      not null primary key,
  user_id bigint      not null,
  tab     ${document} not null,
  version int         not null,
  constraint own_lead_tab_user foreign key (user_id) references app_user (id)
);
create index own_lead_tab_of_user on own_lead_tab (user_id, id);

insert into id_block (name, next_id) values ('lead_view', 2);
insert into lead_view (id, name, description, layout, version)
values (1, 'Sample View', 'A view to begin with: edit it, or clone it and edit the copy.',
  '{"metrics":["score"],"properties":["email","phone","company","city","source","stage","status","owner","lastActivityAt"],"tabs":[{"key":"history","kind":"system","activityTypes":[]},{"key":"messages","kind":"system","activityTypes":[]},{"key":"tasks","kind":"system","activityTypes":[]},{"key":"related","kind":"system","activityTypes":[]}],"defaultTab":"history","buttons":["activity","email","call","task"],"dropdown":["follow-up","note","list","automation","merge","trash"]}',
  1);
