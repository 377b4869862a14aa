-- What makes two records likely to mean the same. Kind: 1 phone, 2 e-mail, 3 the field of field_key, 4 like name and
-- company. State: 0 off, 1 being compared, 2 ready, 3 being emptied, 4 being emptied to be removed.
create table match_rule (
  id         bigint       not null primary key,
  version    int          not null,
  entity     tinyint      not null,
  kind       tinyint      not null,
  field_key  varchar(250) not null,
  sure       boolean      not null,
  enabled    boolean      not null,
  state      tinyint      not null,
  basis      varchar(500) not null,
  after_id   bigint       not null,
  looked     bigint       not null,
  total      bigint       not null,
  started_at datetime(6),
  made_at    datetime(6),
  constraint match_rule_what unique (entity, kind, field_key)
);
insert into match_rule (id, version, entity, kind, field_key, sure, enabled, state, basis, after_id, looked, total)
values (1, 1, 1, 1, '', true, true, 1, '', 0, 0, 0), (2, 1, 1, 2, '', true, true, 1, '', 0, 0, 0),
       (3, 1, 1, 4, '', false, true, 1, '', 0, 0, 0), (4, 1, 2, 1, '', true, true, 1, '', 0, 0, 0),
       (5, 1, 2, 2, '', true, true, 1, '', 0, 0, 0), (6, 1, 2, 4, '', false, true, 1, '', 0, 0, 0),
       (7, 1, 3, 1, '', false, true, 1, '', 0, 0, 0), (8, 1, 3, 4, '', false, true, 1, '', 0, 0, 0);
insert into id_block (name, next_id) values ('match_rule', 1000);

-- The lock of whoever keeps keys and groups; the revision rises with every change of which rules count.
create table match_upkeep (
  id       int    not null primary key,
  revision bigint not null
);
insert into match_upkeep (id, revision) values (1, 1);

-- What a record has by a rule: the first 8 bytes of the SHA-256 of the normalised value. Of a rule that compares what is
-- like, the hash says what is compared with each other, likeness what is compared, and leader the oldest record that this
-- one is like; of all others leader is 0.
create table match_key (
  rule_id    bigint       not null,
  value_hash bigint       not null,
  record_id  bigint       not null,
  entity     tinyint      not null,
  leader     bigint       not null,
  likeness   varchar(200) not null,
  primary key (rule_id, value_hash, record_id)
);
create index match_key_record on match_key (record_id, entity);

-- Keys that two records or more share.
create table match_group (
  id           bigint      not null primary key,
  rule_id      bigint      not null,
  value_hash   bigint      not null,
  leader       bigint      not null,
  record_count bigint      not null,
  found_at     datetime(6) not null,
  constraint match_group_key unique (rule_id, value_hash, leader)
);
create index match_group_newest on match_group (rule_id, id);

-- Pairs of which somebody has said that they are not the same; low_id is less than high_id.
create table match_apart (
  entity    tinyint     not null,
  low_id    bigint      not null,
  high_id   bigint      not null,
  marked_at datetime(6) not null,
  marked_by bigint,
  primary key (low_id, high_id, entity)
);
create index match_apart_high on match_apart (high_id, entity);
