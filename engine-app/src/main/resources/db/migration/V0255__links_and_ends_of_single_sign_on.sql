-- What an administrator sees of somebody who is linked: the address that the provider gave last, and when. Null until the
-- next sign-in.
alter table sign_on_link add column email varchar(320);
alter table sign_on_link add column last_used_at datetime(6);
-- Whether signing out here signs out at the provider too.
alter table sign_on_provider add column sign_out boolean not null default false;
