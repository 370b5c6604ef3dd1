-- What changed between two days, or between two entries, is found by the spans that begin or end in between; what was ever
-- known of a facility by its id.
ALTER TABLE facility_span
  ADD KEY IF NOT EXISTS facility_span_end (generation, valid_to),
  ADD KEY IF NOT EXISTS facility_span_facility (generation, facility);
