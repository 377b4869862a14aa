-- Whether somebody takes the reminders of follow-ups by mail too (LEAD-091); who has no profile does.
alter table personal_profile add column follow_up_mail boolean default true not null;
