-- What came of complaints and reports, as the complaint service's journal says; the last result of a case.
CREATE TABLE IF NOT EXISTS case_result (
  case_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facility_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.complaint.v1.CaseOutcome; 0 when the case was opened once more.
  outcome     TINYINT NOT NULL,
  resolved_on DATE NOT NULL,
  PRIMARY KEY (case_id),
  -- Serves the risk of a facility.
  KEY case_result_of (facility_id, resolved_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
