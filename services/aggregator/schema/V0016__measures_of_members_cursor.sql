-- Measures of members came with V0014 and V0015. What was derived before lacks them: the measures are derived anew, in a
-- generation that begins here and that V0017 turns to. There is nothing to do before the first entry is applied.
INSERT IGNORE INTO aggregate_cursor (generation, sequence, hash)
SELECT s.writing + 1, 0, '' FROM aggregate_state s JOIN aggregate_cursor c ON c.generation = s.writing
WHERE c.sequence > 0;
