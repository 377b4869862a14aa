-- The language of users who have chosen none, of mails to them and of the pages in front of the sign-in; null for that of
-- the configuration.
alter table company add column language varchar(10);
