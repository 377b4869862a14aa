-- Newest first means by time: each node takes its ids from a block of its own.
create index user_move_of_user_at on user_move (user_id, moved_at, id);
create index user_move_at on user_move (moved_at, id);
drop index user_move_of_user on user_move;
