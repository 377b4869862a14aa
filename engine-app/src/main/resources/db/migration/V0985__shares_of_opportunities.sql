-- Opportunities that are shared with users for a time. A row is the history and the access at once: the access lasts while
-- access_until lies ahead, so that nothing has to happen when its time is over.
create table opportunity_share (
  id                  bigint      not null primary key,
  opportunity_id      bigint      not null,
  user_id             bigint      not null,
  may_modify          boolean     not null,
  status              int         not null,
  reason              varchar(500),
  amount              int         not null,
  unit                varchar(10) not null,
  requested_at        datetime(6) not null,
  written_at          datetime(6),
  expires_at          datetime(6),
  access_until        datetime(6),
  requested_by        bigint,
  automation_id       bigint,
  run_id              bigint,
  card                varchar(100),
  visit               int,
  stopped             boolean     not null,
  stopped_by          bigint,
  stopped_automation  bigint,
  stopped_run         bigint,
  constraint opportunity_share_once unique (run_id, card, visit)
);
create index opportunity_share_reach on opportunity_share (user_id, access_until, opportunity_id, may_modify);
create index opportunity_share_history on opportunity_share (opportunity_id, id);
