-- Settings of connectors; what is secret among them is sealed.
create table connector_setting (
  provider    varchar(50)     not null,
  settings    longtext        not null,
  sealed      varbinary(8000),
  version     int             not null,
  updated_at  datetime(6)     not null,
  primary key (provider)
);

-- Named secrets that sign webhooks, sealed.
create table webhook_secret (
  name        varchar(100)    not null,
  sealed      varbinary(8000) not null,
  created_at  datetime(6)     not null,
  updated_at  datetime(6)     not null,
  primary key (name)
);
