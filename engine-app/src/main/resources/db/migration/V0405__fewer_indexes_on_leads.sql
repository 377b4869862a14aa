-- These change with nearly every write of a lead or tell few leads apart; keeping them cost more than they gave.
drop index leads_updated on leads;
drop index leads_activity on leads;
drop index leads_source on leads;
