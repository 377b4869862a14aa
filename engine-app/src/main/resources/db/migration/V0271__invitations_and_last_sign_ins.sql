-- Invitations that have been asked for and not been accepted yet. A mail goes out when one is due; its link is made then
-- and kept nowhere, so that the row opens nothing.
create table user_invitation (
  user_id  bigint      not null primary key,
  asked_at datetime(6) not null,
  sent_at  datetime(6),
  -- Whoever sends it holds it until then.
  held_until datetime(6),
  tries    int         not null,
  constraint user_invitation_user foreign key (user_id) references app_user (id) on delete cascade
);
create index user_invitation_due on user_invitation (sent_at, asked_at);

-- When each user last signed in with a browser.
create table user_sign_in (
  user_id bigint      not null primary key,
  last_at datetime(6) not null,
  constraint user_sign_in_user foreign key (user_id) references app_user (id) on delete cascade
);
