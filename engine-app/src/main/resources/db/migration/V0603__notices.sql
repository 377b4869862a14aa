-- A notice may be about an automation as a whole. Readers see unread ones first, each part newest first.
alter table notice modify column ref_type smallint null;
alter table notice modify column ref_id bigint null;
alter table notice add column automation_id bigint;
alter table notice add column unread boolean not null default true;
update notice set unread = false where read_at is not null;
create index notice_to_read on notice (user_id, unread, at, id);
drop index notice_of_user on notice;
