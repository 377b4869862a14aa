-- Named texts of the account; the key stands in mails and other texts and never changes.
create table custom_value (
  id         bigint       not null primary key,
  name       varchar(250) not null,
  value_key  varchar(100) not null,
  value_text ${document},
  version    int          not null,
  constraint custom_value_key unique (value_key)
);
