-- Whether it was told that the approval is overdue.
ALTER TABLE plan ADD COLUMN IF NOT EXISTS approval_told TINYINT NOT NULL DEFAULT 0;
