-- Calling efforts of a process, their people, and the lead lists that are assigned to them.
create table dialling_campaign (
  id         bigint          not null primary key,
  process_id bigint          not null,
  name       varchar(200)    not null,
  folded     varbinary(1000) not null,
  version    int             not null,
  constraint dialling_campaign_name unique (process_id, folded),
  constraint dialling_campaign_process foreign key (process_id) references call_process (id) on delete cascade
);

create table dialling_campaign_member (
  campaign_id bigint not null,
  user_id     bigint not null,
  primary key (campaign_id, user_id),
  constraint dialling_campaign_member_campaign foreign key (campaign_id) references dialling_campaign (id) on delete cascade,
  constraint dialling_campaign_member_user foreign key (user_id) references app_user (id)
);

create table lead_list_campaign (
  list_id     bigint not null,
  campaign_id bigint not null,
  primary key (list_id, campaign_id),
  constraint lead_list_campaign_list foreign key (list_id) references lead_list (id) on delete cascade,
  constraint lead_list_campaign_campaign foreign key (campaign_id) references dialling_campaign (id) on delete cascade
);
create index lead_list_campaign_by_campaign on lead_list_campaign (campaign_id, list_id);
