-- Tells this journal from that of any other database, for what nodes keep beside it.
create table journal_identity (
  id varchar(36) not null primary key
);
insert into journal_identity (id) values (uuid());
