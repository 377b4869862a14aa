-- Which accounts are partner companies, and the leads that come from them. No index: what asks by partner asks the search
-- index, and every index entry is what a write costs.
alter table accounts add column partner boolean;
alter table leads add column partner_company_id bigint;
alter table leads add column partner_representative_id bigint;
