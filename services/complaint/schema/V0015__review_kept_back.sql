-- First day the facility is told of a review (9999-12-31: never), and the number of the last means of its facility (review_count) it is in,
-- 0 for none.
ALTER TABLE review
  ADD COLUMN IF NOT EXISTS told_from DATE NOT NULL DEFAULT '1000-01-01',
  ADD COLUMN IF NOT EXISTS counted INT NOT NULL DEFAULT 0,
  -- Serves what is in no means yet.
  ADD KEY IF NOT EXISTS review_uncounted (counted, state, public_from, public_until, facility_id);
