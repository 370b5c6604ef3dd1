-- That generation is written; the one that answers goes on answering until it has caught up.
UPDATE aggregate_state s JOIN aggregate_cursor c ON c.generation = s.writing + 1
SET s.writing = s.writing + 1;
