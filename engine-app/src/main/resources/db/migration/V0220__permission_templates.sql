-- Who may do what: templates that roles and single users hold, and the exceptions of single users.
-- Without rights of its own a delivered template has those that come with Leadloom.
create table permission_template (
  id         bigint       not null primary key,
  name       varchar(200) not null,
  delivered  varchar(40),
  rights     ${document},
  version    int          not null,
  updated_at datetime(6)  not null,
  constraint permission_template_name unique (name)
);

create table role_permission (
  role        varchar(40) not null,
  template_id bigint      not null,
  primary key (role, template_id),
  constraint role_permission_template foreign key (template_id) references permission_template (id)
);

create table user_permission (
  user_id     bigint not null,
  template_id bigint not null,
  primary key (user_id, template_id),
  constraint user_permission_user foreign key (user_id) references app_user (id),
  constraint user_permission_template foreign key (template_id) references permission_template (id)
);

create table user_exception (
  user_id bigint not null primary key,
  rights  ${document} not null,
  constraint user_exception_user foreign key (user_id) references app_user (id)
);

insert into permission_template (id, name, delivered, version, updated_at) values
  (-1, 'Administrator', 'crm_admin', 1, '2026-01-01 00:00:00'),
  (-2, 'Sales manager', 'crm_manager', 1, '2026-01-01 00:00:00'),
  (-3, 'Sales user', 'crm_sales', 1, '2026-01-01 00:00:00'),
  (-4, 'Marketing user', 'crm_marketeer', 1, '2026-01-01 00:00:00'),
  (-5, 'Partner supervisor', 'crm_partner_supervisor', 1, '2026-01-01 00:00:00'),
  (-6, 'Supervisor', 'supervisor', 1, '2026-01-01 00:00:00'),
  (-7, 'Agent', 'agent', 1, '2026-01-01 00:00:00');
insert into role_permission (role, template_id)
  select delivered, id from permission_template where delivered is not null;
