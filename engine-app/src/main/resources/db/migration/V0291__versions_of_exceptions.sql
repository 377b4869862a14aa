-- How often somebody has changed what a user holds beside the templates of the roles: templates and exceptions.
alter table app_user add column permissions_version int not null default 1;
