-- As V0026.
ALTER TABLE kindergarten_span
  ADD KEY IF NOT EXISTS kindergarten_span_begin (generation, valid_from),
  ADD KEY IF NOT EXISTS kindergarten_span_end (generation, valid_to),
  ADD KEY IF NOT EXISTS kindergarten_span_kindergarten (generation, kindergarten);
