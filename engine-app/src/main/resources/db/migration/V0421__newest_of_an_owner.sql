-- The newest records of one owner are what a sales user's lists begin with.
create index contacts_of_owner on contacts (owner_id, created_at, id);
drop index contacts_owner on contacts;
create index accounts_of_owner on accounts (owner_id, created_at, id);
drop index accounts_owner on accounts;
