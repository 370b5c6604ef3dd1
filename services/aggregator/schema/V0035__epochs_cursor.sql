-- Epochs are half as long from now on (measure_block.h), so all is derived anew, in a generation that begins here and that
-- V0036 turns to.
INSERT IGNORE INTO aggregate_cursor (generation, sequence, hash)
SELECT s.writing + 1, 0, '' FROM aggregate_state s JOIN aggregate_cursor c ON c.generation = s.writing
WHERE c.sequence > 0;
