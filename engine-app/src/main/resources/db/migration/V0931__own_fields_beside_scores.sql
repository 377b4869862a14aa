-- Fields of one's own with the keys that scores have now go on under another key.
update custom_field set field_key = concat(field_key, '_own')
 where activity_type = '' and entity = 'LEAD' and lower(field_key) in ('earnedpoints', 'scorepercent');
update schema_state set version = version + 1;
