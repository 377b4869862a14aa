-- Whether somebody said what stands for a stage, pipeline or status that is gone. Where nobody did, what comes back from the
-- trash asks for another stage (REV-017).
alter table opportunity_form add column chosen boolean not null default true;
