-- The pages of deals and clients show what their leads carry (LEAD-106).
create index leads_converted_deal on leads (converted_deal_id, id);
create index leads_converted_client on leads (converted_client_id, id);
