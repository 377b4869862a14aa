-- Whether a bulk action on all that match a filter is about leads too that the list page hides by stage or status.
alter table bulk_action add column hidden boolean not null default true;
