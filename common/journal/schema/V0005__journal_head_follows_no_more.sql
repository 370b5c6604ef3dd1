-- What an entry follows is said by keys from here on: a trigger that changes a row for each entry cost as much as storing
-- two entries.
DROP TRIGGER IF EXISTS journal_head_follows;
