-- Before the first entry: sequence 0, 32 zero bytes.
INSERT IGNORE INTO journal_head (id, sequence, hash, record_time)
VALUES (1, 0, UNHEX(REPEAT('00', 32)), '1970-01-01 00:00:00.000000');
