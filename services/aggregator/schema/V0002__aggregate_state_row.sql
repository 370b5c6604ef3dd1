-- The first generation serves from the start.
INSERT IGNORE INTO aggregate_state (id, serving, writing) VALUES (1, 1, 1);
