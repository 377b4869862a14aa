-- How often somebody tried to sign in with one login, or from one address, without success: shared by all nodes.
create table sign_in_attempt (
  -- 'login:' and the SHA-256 of the login as typed, known or not; 'address:' and the network address.
  subject      varchar(80) not null primary key,
  failures     int         not null,
  last_at      datetime(6) not null,
  locked_until datetime(6)
);
create index sign_in_attempt_last on sign_in_attempt (last_at);
