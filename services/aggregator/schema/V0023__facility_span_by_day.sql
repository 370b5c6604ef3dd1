-- Members of a measure are listed with the latest first day first: what began shortly before the day asked for mostly still
-- holds on it, so a page reads few spans that have ended, however long the history. valid_to and known_to stand in the
-- indexes so that those are passed over without reading their rows. They are read backwards: with descending columns beside
-- ascending ones MariaDB 10.11 left rows out.
ALTER TABLE facility_span
  DROP KEY IF EXISTS facility_span_type,
  DROP KEY IF EXISTS facility_span_inclusive,
  DROP KEY IF EXISTS facility_span_division,
  ADD KEY IF NOT EXISTS facility_span_type_day (generation, facility_type, valid_from, facility, valid_to, known_to),
  ADD KEY IF NOT EXISTS facility_span_inclusive_day (generation, inclusive, valid_from, facility, valid_to, known_to),
  ADD KEY IF NOT EXISTS facility_span_division_day (generation, division, valid_from, facility, valid_to, known_to);
