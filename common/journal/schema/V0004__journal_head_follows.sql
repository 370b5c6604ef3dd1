-- An entry is accepted only when it follows the newest one, which it then is: no statement of the service can leave a
-- number out, repeat one or break the chain of hashes, since its account may lock the head but not change it. What does
-- not follow sets NULL, which the head refuses.
CREATE TRIGGER IF NOT EXISTS journal_head_follows AFTER INSERT ON journal_entry FOR EACH ROW
UPDATE journal_head
SET hash = IF(sequence = NEW.sequence - 1 AND hash = NEW.previous_hash AND record_time <= NEW.record_time, NEW.hash, NULL),
    sequence = NEW.sequence,
    record_time = NEW.record_time
WHERE id = 1;
