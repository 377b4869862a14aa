-- Which accounts are partner companies, and the leads that come from them. No index: what asks by partner asks the search
-- index, and every index entry is what a write costs.
alter table accounts add column partner boolean;
alter table leads add column partner_company_id bigint;
alter table leads add column partner_representative_id bigint;

-- Fields of one's own with the keys of these and other new delivered fields go on under another key.
update custom_field set field_key = concat(field_key, '_own')
 where activity_type = '' and entity = 'LEAD' and lower(field_key) in ('flag', 'partnercompany', 'partnerrepresentative');
update custom_field set field_key = concat(field_key, '_own')
 where activity_type = '' and entity = 'ACCOUNT' and lower(field_key) = 'partner';
