-- Of a back-entered filing the blind index of the entry as it was sent, with which the same entry is known when it is sent
-- again; NULL for other filings, and for those entered before this column was.
ALTER TABLE filing ADD COLUMN IF NOT EXISTS entry_index BINARY(32) NULL;
