-- Automations that name no time zone go by that of the account, which may change; until now they kept the one of the day
-- on which they were published.
update automation_version
  set settings_json = regexp_replace(settings_json, '"timeZone":"[^"]*"', '"timeZone":null')
  where bpmn not like '%timeZone%';
