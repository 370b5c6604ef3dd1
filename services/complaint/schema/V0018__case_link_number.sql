-- What people call a plan or a penalty case: the chain is found by it, too. The message is from here on that of any resource the inspection
-- service's journal told of: Plan, Visit, PenaltyCase.
ALTER TABLE case_link
  ADD COLUMN IF NOT EXISTS number VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  ADD KEY IF NOT EXISTS case_link_number (number);
