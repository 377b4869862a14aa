-- A notice may lead to a page of Leadloom, such as a job.
alter table notice add column place varchar(100);
