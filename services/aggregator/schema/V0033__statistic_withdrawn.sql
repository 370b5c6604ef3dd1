-- Whether the revision takes the statistic of its day back: no revision of that day is used then.
ALTER TABLE statistic ADD COLUMN IF NOT EXISTS withdrawn BOOLEAN NOT NULL DEFAULT FALSE;
