-- The outbox: everything that leaves Leadloom is written here first and sent afterwards.
create table delivery (
  id            bigint         not null auto_increment,
  -- Bytes, not text: keys that differ in letter case only are two deliveries.
  delivery_key  varbinary(190) not null,
  -- 1 e-mail, 2 SMS, 3 WhatsApp, 4 webhook
  channel       tinyint        not null,
  -- 1 pending, 2 sending, 3 delivered, 4 failed, 5 cancelled
  status        tinyint        not null,
  -- What shares a limit: the host of a webhook, otherwise the channel.
  lane          varchar(255)   not null,
  root_type     varchar(20)    not null,
  root_id       bigint         not null,
  recipient     varchar(2000)  not null,
  body          longtext       not null,
  headers       longtext,
  secret        varchar(100),
  max_attempts  int            not null,
  attempts      int            not null,
  -- Pending: when it is tried next. Sending: when the lease of the sender ends.
  due_at        datetime(6)    not null,
  lease_owner   varchar(40),
  last_error    varchar(1000),
  response      longtext,
  cause         longtext       not null,
  created_at    datetime(6)    not null,
  ended_at      datetime(6),
  primary key (id),
  constraint delivery_key_once unique (delivery_key)
);
create index delivery_due on delivery (status, due_at, lane);
create index delivery_status on delivery (status, id);
create index delivery_channel on delivery (channel, id);
create index delivery_root on delivery (root_type, root_id, id);
