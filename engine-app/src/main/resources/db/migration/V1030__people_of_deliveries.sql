-- The websites whose scripts may post to an integration, as JSON; null for none.
alter table lead_integration add column origins longtext;

-- By what somebody whom a delivery brings can be found when he is erased: digests of e-mail addresses and phone numbers.
create table lead_arrival_way (
  arrival_id bigint   not null,
  digest     char(64) not null,
  primary key (arrival_id, digest),
  constraint lead_arrival_way_of foreign key (arrival_id) references lead_arrival (id) on delete cascade
);
create index lead_arrival_way_found on lead_arrival_way (digest);

-- Whether these are written; what came in before this is gone through once.
alter table lead_arrival add column findable boolean not null default false;
create index lead_arrival_findable on lead_arrival (findable, id);

-- Whoever makes a lead of somebody locks the row of his e-mail address and that of his phone number, so that nobody else
-- makes another one at the same moment. Several people share a row.
create table lead_person_lock (
  slot int not null,
  primary key (slot)
);
insert into lead_person_lock (slot)
select tens.n * 16 + ones.n
from (select 0 n union all select 1 union all select 2 union all select 3 union all select 4 union all select 5
      union all select 6 union all select 7 union all select 8 union all select 9 union all select 10 union all select 11
      union all select 12 union all select 13 union all select 14 union all select 15) tens
cross join (select 0 n union all select 1 union all select 2 union all select 3 union all select 4 union all select 5
      union all select 6 union all select 7 union all select 8 union all select 9 union all select 10 union all select 11
      union all select 12 union all select 13 union all select 14 union all select 15) ones;
