-- Before the first entry.
INSERT IGNORE INTO aggregate_cursor (generation, sequence, hash) VALUES (1, 0, '');
