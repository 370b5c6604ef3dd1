-- Whether it was noted that the withdrawal is overdue.
ALTER TABLE penalty_case ADD COLUMN IF NOT EXISTS withdraw_told TINYINT NOT NULL DEFAULT 0;
