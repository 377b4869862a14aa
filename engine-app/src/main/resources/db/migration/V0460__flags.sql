-- Who flagged a lead: somebody, or the allocation of a new lead; null for no flag. Without an index of its own, which
-- every write of a lead would pay for.
alter table leads add column flag varchar(20);
