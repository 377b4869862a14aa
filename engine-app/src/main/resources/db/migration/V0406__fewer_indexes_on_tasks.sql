-- No query asks for the tasks of a run: a run knows the tasks that its cards created.
drop index tasks_run on tasks;
