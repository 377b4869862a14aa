-- Leads, contacts and accounts are searched in the search index. What stays finds records by their keys, owners and links,
-- and has the newest in order; every other index cost each new record an entry.
drop index leads_city on leads;
drop index leads_score on leads;
drop index contacts_updated on contacts;
drop index accounts_updated on accounts;
