-- Who has to wait right now is asked for lists of users; most rows wait for nothing.
create index sign_in_attempt_locked on sign_in_attempt (locked_until);
