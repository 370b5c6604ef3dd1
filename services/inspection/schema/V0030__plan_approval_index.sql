-- Serves the watch of approvals that are overdue.
ALTER TABLE plan ADD INDEX IF NOT EXISTS plan_approve_by (approval_told, approve_by, id);
