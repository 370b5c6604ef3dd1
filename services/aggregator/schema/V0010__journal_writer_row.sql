-- The row.
INSERT IGNORE INTO journal_writer (id) VALUES (1);
