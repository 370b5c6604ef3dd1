-- What an entry follows: the number before its own (null of the first), with previous_hash and previous_time the hash and
-- the record time of that entry.
ALTER TABLE journal_entry
  ADD COLUMN IF NOT EXISTS previous BIGINT GENERATED ALWAYS AS (NULLIF(sequence, 1) - 1) STORED,
  ADD COLUMN IF NOT EXISTS previous_time DATETIME(6) NULL,
  ADD UNIQUE KEY IF NOT EXISTS journal_entry_position (sequence, hash, record_time),
  ADD KEY IF NOT EXISTS journal_entry_previous (previous, previous_hash, previous_time);
