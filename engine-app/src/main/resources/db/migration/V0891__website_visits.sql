-- Websites whose pages carry a tracking code, the browsers that visited them, and the pages that they looked at last.
create table score_site (
  id         bigint       not null primary key auto_increment,
  domain     varchar(253) not null,
  code       varchar(40)  not null,
  created_at datetime(6)  not null,
  created_by bigint,
  constraint score_site_domain unique (domain),
  constraint score_site_code unique (code)
);

-- A browser is nobody until it submits a form or follows a link of a mail; from then on its visits are those of a lead.
create table score_visitor (
  id       bigint      not null primary key auto_increment,
  site_id  bigint      not null,
  token    varchar(40) not null,
  lead_id  bigint,
  views    bigint      not null,
  first_at datetime(6) not null,
  last_at  datetime(6) not null,
  known_at datetime(6),
  constraint score_visitor_token unique (site_id, token),
  constraint score_visitor_site foreign key (site_id) references score_site (id)
);
create index score_visitor_lead on score_visitor (lead_id, last_at);
create index score_visitor_last on score_visitor (last_at);

create table score_view (
  id         bigint       not null primary key auto_increment,
  visitor_id bigint       not null,
  viewed_at  datetime(6)  not null,
  path       varchar(500) not null,
  title      varchar(250),
  constraint score_view_visitor foreign key (visitor_id) references score_visitor (id) on delete cascade
);
create index score_view_of on score_view (visitor_id, viewed_at);
