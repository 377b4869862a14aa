-- What a number of a contact begins with is looked for while somebody types it.
create index process_contact_by_text on process_contact (process_id, number);
