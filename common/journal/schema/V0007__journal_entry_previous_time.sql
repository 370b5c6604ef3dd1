-- Of the entries there are.
UPDATE journal_entry e JOIN journal_entry p ON p.sequence = e.sequence - 1
SET e.previous_time = p.record_time
WHERE e.previous_time IS NULL;
