-- What was derived before V0018 has no entries: the measures are derived anew, as in V0016.
INSERT IGNORE INTO aggregate_cursor (generation, sequence, hash)
SELECT s.writing + 1, 0, '' FROM aggregate_state s JOIN aggregate_cursor c ON c.generation = s.writing
WHERE c.sequence > 0;
