-- As V0026.
ALTER TABLE member_span
  ADD KEY IF NOT EXISTS member_span_end (generation, valid_to),
  ADD KEY IF NOT EXISTS member_span_facility (generation, facility);
