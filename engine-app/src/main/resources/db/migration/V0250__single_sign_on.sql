-- Providers of OpenID Connect that people sign in with.
create table sign_on_provider (
  id            bigint          not null primary key,
  name          varchar(100)    not null,
  issuer        varchar(500)    not null,
  client_id     varchar(300)    not null,
  -- The client secret, sealed by the vault.
  sealed        varbinary(2000) not null,
  -- With spaces between them.
  scopes        varchar(500)    not null,
  -- E-mail domains whose people may come in, with spaces between them; empty for all.
  domains       varchar(2000)   not null,
  -- The role of people who are unknown here and get a user; null to refuse them.
  newcomer_role varchar(50),
  active        boolean         not null,
  version       int             not null,
  constraint sign_on_provider_name unique (name)
);

-- Who a person at a provider is here.
create table sign_on_link (
  provider_id  bigint      not null,
  -- The SHA-256 of issuer and subject: subjects differ by letter case too, which a text column would not see.
  subject_hash char(64)    not null,
  user_id      bigint      not null,
  linked_at    datetime(6) not null,
  primary key (provider_id, subject_hash),
  constraint sign_on_link_provider foreign key (provider_id) references sign_on_provider (id) on delete cascade,
  constraint sign_on_link_user foreign key (user_id) references app_user (id) on delete cascade
);
create index sign_on_link_user_of on sign_on_link (user_id);
