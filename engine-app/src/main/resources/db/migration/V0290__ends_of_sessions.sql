-- How often all sessions of a user were ended at once. A sign-in that began before such an end opens nothing after it.
alter table app_user add column session_ends bigint not null default 0;
