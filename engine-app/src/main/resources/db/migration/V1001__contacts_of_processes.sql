-- The contacts of processes stand in a table of their own, as the leads of lists do (decisions 24 and 29): one for each number
-- of a process, compared by its hash. Their ids are of the series of contacts.
create table process_contact (
  id         bigint       not null primary key,
  process_id bigint       not null,
  number     varchar(250) not null,
  number_key varbinary(16) not null,
  name       varchar(250),
  folded     varbinary(400),
  custom     ${document},
  created_at datetime(6)  not null,
  created_by bigint,
  constraint process_contact_number unique (process_id, number_key)
);
create index process_contact_by_process on process_contact (process_id, id);
create index process_contact_by_name on process_contact (process_id, folded);

alter table list_lead add column contact_id bigint;
create index list_lead_by_contact on list_lead (contact_id);
