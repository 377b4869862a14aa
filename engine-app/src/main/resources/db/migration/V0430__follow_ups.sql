-- Follow-ups are activities too. Whoever has a type of that key keeps it as it is.
insert into activity_type (id, type_key, label, score, delivered, position)
  select 18, 'follow-up', 'Follow-up', 0, true, 18 from dual
  where not exists (select 1 from activity_type where type_key = 'follow-up');

-- What was noted of each contact with a lead; rows are only added (LEAD-096). Stage, status, group and rating stand in the
-- form in which records keep them.
create table follow_up (
  id            bigint      not null primary key,
  lead_id       bigint      not null,
  at            datetime(6) not null,
  user_id       bigint,
  stage_from    varchar(250),
  stage_to      varchar(250),
  status_from   varchar(250),
  status_to     varchar(250),
  group_from    varchar(250),
  group_to      varchar(250),
  rating_from   varchar(250),
  rating_to     varchar(250),
  next_at       datetime(6),
  comment       ${document}
);
create index follow_up_lead on follow_up (lead_id, id);
insert into id_block (name, next_id) values ('follow_up', 1);
