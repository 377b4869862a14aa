-- Whether an administrator, a provider of single sign-on or a link by mail vouches for the e-mail address. Nobody does for
-- one that a user has entered in the own profile.
alter table app_user add column email_confirmed boolean not null default true;
