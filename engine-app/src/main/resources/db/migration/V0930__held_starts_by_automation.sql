-- While an automation is paused, those of others are found past all that wait for it.
create index held_start_automation on held_start (import_id, automation_id, happened_at, record_id, id);
