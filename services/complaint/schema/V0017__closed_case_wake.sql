-- Cases closed before there was an archive are looked at once: those whose time is past are archived, the others learn when theirs is.
UPDATE complaint_case SET wake_at = filed_at WHERE state = 9 AND wake_at >= '9999-12-30';
