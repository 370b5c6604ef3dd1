-- The history of a facility is read the most: its visits lie side by side, in order of day.
ALTER TABLE visit
  ADD UNIQUE KEY IF NOT EXISTS visit_id (id),
  DROP KEY IF EXISTS visit_of_facility,
  DROP PRIMARY KEY,
  ADD PRIMARY KEY (facility_id, day, id);
