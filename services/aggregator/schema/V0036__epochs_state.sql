-- As V0032: nothing answers until the generation of V0035 has caught up.
UPDATE aggregate_state s JOIN aggregate_cursor c ON c.generation = s.writing + 1
SET s.serving = 0, s.writing = s.writing + 1;
