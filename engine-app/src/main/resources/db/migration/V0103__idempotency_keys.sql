-- Answers to POST requests with an Idempotency-Key, kept for 24 hours. State 1 runs, 2 has taken effect, 3 is answered.
create table idempotency_key (
  caller       varbinary(400) not null,
  request_key  varbinary(400) not null,
  request_hash varbinary(32)  not null,
  state        int            not null,
  started_at   datetime(6)    not null,
  status       int,
  content_type varchar(100),
  location     varchar(500),
  answer       ${document},
  primary key (caller, request_key)
);
create index idempotency_key_started on idempotency_key (started_at);
