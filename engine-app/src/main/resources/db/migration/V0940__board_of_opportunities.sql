-- The board of opportunities: how each user looks at them, cards of a column in the order of their last change, and the
-- number and the values of what stands in a column, answered by the index alone.
create table board_view (
  user_id     bigint  not null primary key,
  board       boolean not null,
  pipeline_id bigint
);
create index opportunities_board on opportunities (stage, updated_at, id);
create index opportunities_totals on opportunities (stage, trashed_at, owner_id, deal_value_currency, deal_value);
