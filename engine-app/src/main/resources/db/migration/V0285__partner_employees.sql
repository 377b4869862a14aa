-- The users who work for a partner company, by the account that it is; the row stays when one no longer does.
create table partner_employee (
  user_id    bigint not null primary key,
  account_id bigint,
  version    int    not null,
  constraint partner_employee_user foreign key (user_id) references app_user (id) on delete cascade
);
create index partner_employee_account on partner_employee (account_id);
