-- What an appointment is called in outside calendars stays with it, so that its entry is found again when an account is
-- connected anew.
alter table appointment add column entry_token varchar(32);
update appointment set entry_token =
  (select e.token from calendar_event e where e.appointment_id = appointment.id);

-- What the appointment was with, for entries that have outlived it.
alter table calendar_event add column record_type varchar(20);
alter table calendar_event add column record_id bigint;
update calendar_event set
  record_type = (select p.record_type from appointment p where p.id = calendar_event.appointment_id),
  record_id = (select p.record_id from appointment p where p.id = calendar_event.appointment_id);
