-- What the entries there are follow; again when this file is run again, should a service still have written meanwhile.
UPDATE journal_entry e JOIN journal_entry p ON p.sequence = e.sequence - 1
SET e.previous_time = p.record_time
WHERE e.previous_time IS NULL;
-- An entry is accepted only when it follows one that is there, by number, hash and time: none can be left out or repeated,
-- and the chain of hashes can't be broken or branch.
ALTER TABLE journal_entry
  ADD CONSTRAINT journal_entry_follows FOREIGN KEY IF NOT EXISTS (previous, previous_hash, previous_time)
    REFERENCES journal_entry (sequence, hash, record_time),
  ADD CONSTRAINT IF NOT EXISTS journal_entry_first
    CHECK (IF(sequence = 1, previous_time IS NULL AND previous_hash = UNHEX(REPEAT('00', 32)), previous_time IS NOT NULL)),
  ADD CONSTRAINT IF NOT EXISTS journal_entry_times CHECK (previous_time <= record_time);
