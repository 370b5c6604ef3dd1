-- The keys say what an entry follows: a trigger that changed a row for each entry cost as much as storing four.
DROP TRIGGER IF EXISTS journal_head_follows;
