-- What people say about themselves, beside what administrators keep about them.
create table personal_profile (
  user_id          bigint       not null primary key,
  job_title        varchar(100),
  mobile           varchar(50),
  meeting_location varchar(500),
  availability     ${document}  not null,
  signature        ${document},
  photo            varchar(64),
  version          int          not null,
  constraint personal_profile_user foreign key (user_id) references app_user (id) on delete cascade
);
