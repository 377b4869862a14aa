-- Who wants no SMS or WhatsApp message, and the address and website of contacts (LEAD-102, ENG-099).
alter table leads add column do_not_text boolean default false;
alter table contacts add column street varchar(250);
alter table contacts add column website varchar(500);
alter table contacts add column do_not_text boolean default false;

-- Fields of one's own with the keys of these go on under another key.
update custom_field set field_key = concat(field_key, '_own')
 where activity_type = '' and entity = 'LEAD' and lower(field_key) = 'donottext';
update custom_field set field_key = concat(field_key, '_own')
 where activity_type = '' and entity = 'CONTACT' and lower(field_key) in ('street', 'website', 'donottext');
