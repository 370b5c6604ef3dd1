-- The row each writer locks before it reads the newest entry and until it commits, so that the order of sequence numbers is
-- the order of commits. It says nothing itself: the newest entry is the head.
ALTER TABLE journal_head
  DROP COLUMN IF EXISTS sequence,
  DROP COLUMN IF EXISTS hash,
  DROP COLUMN IF EXISTS record_time;
