-- Messages of the built-in test provider, and mails while no mail server is set up.
create table mailbox (
  id            bigint         not null auto_increment,
  delivery_key  varbinary(190) not null,
  channel       tinyint        not null,
  root_type     varchar(20)    not null,
  root_id       bigint         not null,
  recipient     varchar(2000)  not null,
  subject       varchar(1000)  not null,
  plain         longtext       not null,
  html          longtext       not null,
  received_at   datetime(6)    not null,
  primary key (id),
  constraint mailbox_key_once unique (delivery_key)
);
