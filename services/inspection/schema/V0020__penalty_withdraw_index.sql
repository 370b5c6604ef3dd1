-- Serves the worklist of publications to be withdrawn, and the watch of those that are overdue.
ALTER TABLE penalty_case ADD INDEX IF NOT EXISTS penalty_withdraw_by (withdraw_by, withdraw_told, id);
