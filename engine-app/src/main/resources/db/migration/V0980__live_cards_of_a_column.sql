-- Cards of a column without a walk over those in the trash, which keep the stage and the time of their last change.
create index opportunities_column on opportunities (stage, trashed_at, updated_at, id);
drop index opportunities_board on opportunities;
