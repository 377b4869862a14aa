-- The latest fetching of leads of Meta from before an integration was set up: one at a time for each.
create table lead_earlier (
  integration_id bigint      not null,
  since          datetime(6) not null,
  state          tinyint     not null,
  page           varchar(40),
  forms          longtext,
  form           int         not null,
  cursor_after   varchar(1000),
  found          bigint      not null,
  taken          bigint      not null,
  attempts       int         not null,
  problem        varchar(1000),
  due_at         datetime(6),
  started_at     datetime(6) not null,
  ended_at       datetime(6),
  primary key (integration_id),
  constraint lead_earlier_of foreign key (integration_id) references lead_integration (id) on delete cascade
);
create index lead_earlier_due on lead_earlier (due_at);
