-- Why Leadloom itself paused an automation; null when it did not.
alter table automation add column incident varchar(1000);
