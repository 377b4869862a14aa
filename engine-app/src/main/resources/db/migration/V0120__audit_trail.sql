-- Who administered what. Each entry's hash covers the entry before; the head covers the newest entry and the last one
-- that retention has removed. Writers lock the head last, at their commit, so the order of entries is that of commits.
create table audit_entry (
  seq            bigint         not null primary key,
  at             datetime(6)    not null,
  actor_kind     varchar(10)    not null,
  actor_id       bigint,
  actor_name     varchar(200)   not null,
  actor_key      varchar(200),
  address        varchar(64),
  action         varchar(60)    not null,
  subject_kind   varchar(40)    not null,
  subject_id     varchar(200)   not null,
  subject_name   varchar(300)   not null,
  detail         ${document}    not null,
  key_generation int            not null,
  hash           varbinary(32)  not null
);
create index audit_entry_at on audit_entry (at);
create index audit_entry_actor on audit_entry (actor_id, seq);
create index audit_entry_action on audit_entry (action, seq);
create index audit_entry_subject on audit_entry (subject_kind, subject_id, seq);

create table audit_head (
  id             int           not null primary key,
  head_seq       bigint        not null,
  head_hash      varbinary(32) not null,
  base_seq       bigint        not null,
  base_hash      varbinary(32) not null,
  key_generation int           not null,
  mac            varbinary(32) not null
);
insert into audit_head (id, head_seq, head_hash, base_seq, base_hash, key_generation, mac)
  values (1, 0, x'00', 0, x'00', 0, x'00');

-- The keys of the chain, sealed by the vault: the database alone is not enough to forge an entry.
create table audit_key (
  generation int            not null primary key,
  sealed     varbinary(256) not null
);
