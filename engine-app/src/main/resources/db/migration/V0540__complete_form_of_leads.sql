-- What the complete form of leads asks for beyond what leads had. Long texts and choices, without indexes of their own: every
-- index entry is what a write costs, and what asks by them asks the search index.
alter table leads add column lead_name varchar(250);
alter table leads add column sales_direction varchar(250);
alter table leads add column service_product varchar(250);
alter table leads add column marketing_campaign varchar(250);
alter table leads add column distribution_channel varchar(250);
alter table leads add column requirements ${document};
-- Those that are here already came in before there was a form that they could be incomplete by.
alter table leads add column incomplete boolean default false;
alter table contacts add column middle_name varchar(250);

-- Fields of one's own with the keys of these go on under another key.
update custom_field set field_key = concat(field_key, '_own')
 where activity_type = '' and entity = 'LEAD'
   and lower(field_key) in ('leadname', 'salesdirection', 'serviceproduct', 'marketingcampaign', 'distributionchannel',
                            'requirements', 'incomplete');
update custom_field set field_key = concat(field_key, '_own')
 where activity_type = '' and entity = 'CONTACT' and lower(field_key) = 'middlename';

-- The form offers the eight sources that came with Leadloom for it and those that somebody adds; what connectors and
-- imports brought can be searched for, and is offered when somebody says so.
alter table choice add column offered boolean default true not null;
update choice set offered = false
 where kind = 'source' and id between 40 and 51
   and lower(label) in ('web', 'online', 'offline', 'referral', 'phone', 'e-mail', 'walk-in', 'event', 'facebook', 'google',
                        'import');
