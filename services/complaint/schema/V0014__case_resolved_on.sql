-- Day of the result, by whose quarter the public page of a facility counts what was upheld.
ALTER TABLE complaint_case ADD COLUMN IF NOT EXISTS resolved_on DATE NULL;
