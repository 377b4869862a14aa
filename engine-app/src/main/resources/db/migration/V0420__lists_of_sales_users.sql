-- A list made by somebody who sees only some lists is seen by nobody else (PLT-062, PLT-D12).
alter table static_list add column personal boolean not null default false;
create index static_list_owner on static_list (owner_id);
