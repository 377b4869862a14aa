-- "Has an activity of this type since then" is answered from the index alone, without reading each activity (decision 33).
create index activities_of_type on activities
  (type, happened_at, id, lead_id, contact_id, account_id, trashed_at);
drop index activities_type on activities;
