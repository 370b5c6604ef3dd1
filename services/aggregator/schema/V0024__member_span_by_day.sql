-- As V0023.
ALTER TABLE member_span
  DROP KEY IF EXISTS member_span_measure,
  DROP KEY IF EXISTS member_span_division,
  ADD KEY IF NOT EXISTS member_span_measure_day (generation, measure, valid_from, facility, member, valid_to, known_to, division),
  ADD KEY IF NOT EXISTS member_span_division_day (generation, division, measure, valid_from, facility, member, valid_to, known_to);
