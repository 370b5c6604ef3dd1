-- Nothing answers until that generation has caught up; the rows of the others go bit by bit.
UPDATE aggregate_state s JOIN aggregate_cursor c ON c.generation = s.writing + 1
SET s.serving = 0, s.writing = s.writing + 1;
