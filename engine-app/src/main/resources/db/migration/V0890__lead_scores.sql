-- What leads earn by activities, visits and automations stands beside the total, which also has what they earn by their
-- values: so each save works the total out from its own row. Everything earned before was earned or given.
alter table leads add column earned_points bigint default 0;
alter table leads add column score_percent bigint default 0;
update leads set earned_points = score where score <> 0;
update leads set score_percent = case when score >= 20 then 100 else score * 5 end where score > 0;

-- Points that automations and programs have given or taken. Activities and visits can be counted again; these cannot.
create table score_gift (
  id            bigint      not null primary key auto_increment,
  lead_id       bigint      not null,
  automation_id bigint      not null,
  points        bigint      not null,
  given_at      datetime(6) not null
);
create index score_gift_lead on score_gift (lead_id, automation_id);
-- Visited pages earn website points from now on; what they have earned as activities stays.
insert into score_gift (lead_id, automation_id, points, given_at)
select l.id, 0, l.score - coalesce(p.points, 0), l.updated_at
  from leads l
  left join (select a.lead_id, sum(t.score) points
               from activities a
               join activity_type t on t.type_key = a.type and not (t.type_key = 'page-visited' and t.score = 2)
              where a.trashed_at is null
              group by a.lead_id) p on p.lead_id = l.id
 where l.score <> coalesce(p.points, 0);
update activity_type set score = 0 where type_key = 'page-visited' and score = 2;
update schema_state set version = version + 1;

create table score_settings (
  id         int         not null primary key,
  version    int         not null,
  settings   ${document} not null,
  changed_at datetime(6),
  changed_by bigint
);
insert into score_settings (id, version, settings) values (1, 1, '{}');

-- The scoring of all leads: by what they were scored last, and how far it is.
create table score_run (
  id         int          not null primary key,
  basis      varchar(100) not null,
  state      int          not null,
  after_id   bigint       not null,
  looked     bigint       not null,
  changed    bigint       not null,
  total      bigint       not null,
  started_at datetime(6),
  ended_at   datetime(6)
);
insert into score_run (id, basis, state, after_id, looked, changed, total) values (1, '', 0, 0, 0, 0, 0);
