-- Those whose results were told before.
INSERT IGNORE INTO known_case (case_id, facility_id) SELECT case_id, facility_id FROM case_result;
