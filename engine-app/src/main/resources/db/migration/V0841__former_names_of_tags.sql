-- Names that tags had before: filters, automations and programs that use them mean the tag as it is called now. A name
-- that another tag has by now means that one.
create table tag_former_name (
  folded varbinary(1024) not null primary key,
  tag_id bigint          not null
);
create index tag_former_name_tag on tag_former_name (tag_id);

-- The views of Settings sort by these.
create index tag_name on tag (name, id);
