-- Requests of contacts: imports and bulk actions of one kind of record by time, without going through all others.
create index import_job_of on import_job (entity, created_at, id);
create index bulk_action_of on bulk_action (entity, created_at, id);
