-- A session can switch the checks of keys and constraints off for itself; then it adds no entry.
CREATE TRIGGER IF NOT EXISTS journal_entry_checked BEFORE INSERT ON journal_entry FOR EACH ROW
IF @@foreign_key_checks = 0 OR @@check_constraint_checks = 0 OR @@unique_checks = 0 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'journal_entry: checks are off'; END IF;
