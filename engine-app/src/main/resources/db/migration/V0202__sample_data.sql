-- One row once the sample data has been loaded, so that it is never loaded again.
create table sample_data (
  id        int         not null primary key,
  loaded_at datetime(6) not null
);
