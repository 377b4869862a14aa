-- Rises with every change of a field, type or choice; nodes reload their definitions when it differs from theirs.
create table schema_state (
  id      int    not null primary key,
  version bigint not null
);
insert into schema_state (id, version) values (1, 1);

-- Fields added by the account. Fields delivered with Leadloom are code and have ids below 1000.
create table custom_field (
  id            bigint        not null primary key,
  entity        varchar(20)   not null,
  activity_type varchar(100)  not null,
  field_key     varchar(100)  not null,
  label         varchar(250)  not null,
  placeholder   varchar(250),
  field_type    varchar(20)   not null,
  mandatory     boolean       not null,
  is_unique     boolean       not null,
  filterable    boolean       not null,
  slot          varchar(20),
  choices       ${document},
  link          varchar(20),
  default_value ${document},
  minimum       decimal(30, 6),
  maximum       decimal(30, 6),
  max_length    int,
  pattern       varchar(500),
  position      int           not null,
  created_at    datetime(6)   not null,
  constraint custom_field_key unique (entity, activity_type, field_key)
);
insert into id_block (name, next_id) values ('field', 1000);

create table activity_type (
  id        bigint       not null primary key,
  type_key  varchar(100) not null,
  label     varchar(250) not null,
  score     int          not null,
  delivered boolean      not null,
  position  int          not null,
  constraint activity_type_key unique (type_key)
);
insert into id_block (name, next_id) values ('activity_type', 1000);
insert into activity_type (id, type_key, label, score, delivered, position) values
  (1, 'phone-call-inbound', 'Inbound phone call', 10, true, 1),
  (2, 'phone-call-outbound', 'Outbound phone call', 5, true, 2),
  (3, 'email-received', 'E-mail received', 10, true, 3),
  (4, 'email-sent', 'E-mail sent', 0, true, 4),
  (5, 'email-opened', 'E-mail opened', 1, true, 5),
  (6, 'email-link-clicked', 'E-mail link clicked', 5, true, 6),
  (7, 'email-bounced', 'E-mail bounced', -5, true, 7),
  (8, 'unsubscribed', 'Unsubscribed', -10, true, 8),
  (9, 'message-sent', 'Message sent', 0, true, 9),
  (10, 'message-received', 'Message received', 10, true, 10),
  (11, 'form-submitted', 'Form submitted', 20, true, 11),
  (12, 'page-visited', 'Page visited', 2, true, 12),
  (13, 'meeting', 'Meeting', 20, true, 13),
  (14, 'meeting-completed', 'Meeting completed', 20, true, 14),
  (15, 'document-collection', 'Document collection', 10, true, 15),
  (16, 'payment', 'Payment', 50, true, 16),
  (17, 'support-ticket', 'Support ticket', 0, true, 17);

create table task_type (
  id        bigint       not null primary key,
  type_key  varchar(100) not null,
  label     varchar(250) not null,
  delivered boolean      not null,
  position  int          not null,
  constraint task_type_key unique (type_key)
);
insert into id_block (name, next_id) values ('task_type', 1000);
insert into task_type (id, type_key, label, delivered, position) values
  (1, 'follow-up', 'Follow-up', true, 1),
  (2, 'call', 'Call', true, 2),
  (3, 'email', 'E-mail', true, 3),
  (4, 'meeting', 'Meeting', true, 4),
  (5, 'to-do', 'To-do', true, 5);

-- The choices of the classifying fields, each kind a field of its own: stage, status, source, group, rating.
create table choice (
  id        bigint       not null primary key,
  kind      varchar(30)  not null,
  label     varchar(250) not null,
  position  int          not null,
  colour    varchar(20),
  active    boolean      not null,
  hidden    boolean      not null,
  parent_id bigint,
  delivered varchar(30),
  constraint choice_label unique (kind, label)
);
insert into id_block (name, next_id) values ('choice', 1000);
insert into choice (id, kind, label, position, colour, active, hidden, parent_id, delivered) values
  (1, 'stage', 'Prospect', 1, '#4c6ef5', true, false, null, 'prospect'),
  (2, 'stage', 'Opportunity', 2, '#f59f00', true, false, null, 'opportunity'),
  (3, 'stage', 'Customer', 3, '#2f9e44', true, false, null, 'customer'),
  (4, 'stage', 'Not interested', 4, '#868e96', false, false, null, null),
  (5, 'stage', 'Invalid', 5, '#868e96', false, false, null, null),
  (20, 'status', 'New', 1, null, true, false, 1, null),
  (21, 'status', 'Contacted', 2, null, true, false, 1, null),
  (22, 'status', 'Qualified', 3, null, true, false, 1, null),
  (23, 'status', 'Proposal sent', 4, null, true, false, 2, null),
  (24, 'status', 'Negotiation', 5, null, true, false, 2, null),
  (25, 'status', 'Won', 6, null, true, false, 3, null),
  (40, 'source', 'Web', 1, null, true, false, null, null),
  (41, 'source', 'Online', 2, null, true, false, null, null),
  (42, 'source', 'Offline', 3, null, true, false, null, null),
  (43, 'source', 'Referral', 4, null, true, false, null, null),
  (44, 'source', 'Phone', 5, null, true, false, null, null),
  (45, 'source', 'E-mail', 6, null, true, false, null, null),
  (46, 'source', 'Walk-in', 7, null, true, false, null, null),
  (47, 'source', 'Event', 8, null, true, false, null, null),
  (48, 'source', 'Facebook', 9, null, true, false, null, null),
  (49, 'source', 'Google', 10, null, true, false, null, null),
  (50, 'source', 'Partner', 11, null, true, false, null, null),
  (51, 'source', 'Import', 12, null, true, false, null, null),
  (60, 'group', 'Private', 1, null, true, false, null, null),
  (61, 'group', 'Business', 2, null, true, false, null, null),
  (70, 'rating', 'Hot', 1, '#e03131', true, false, null, null),
  (71, 'rating', 'Warm', 2, '#f08c00', true, false, null, null),
  (72, 'rating', 'Cold', 3, '#1c7ed6', true, false, null, null);
