-- Letters of Leadloom itself are about no record, and only administrators see them: who reads one could set a password.
alter table mailbox modify root_type varchar(20) null;
alter table mailbox modify root_id bigint null;
