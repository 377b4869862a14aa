-- The page of an account shows what its clients were made of, without reading all its leads (LEAD-106).
create index leads_account_client on leads (account_id, converted_client_id, id);
