-- Units on cases: the one that handles, those that act at once or help. Each finds its cases here.
CREATE TABLE IF NOT EXISTS case_unit (
  unit    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  case_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.complaint.v1.CaseState.
  state   TINYINT NOT NULL,
  -- When the first of its clocks ends; 9999-12-31 for none.
  due_at  DATETIME(6) NOT NULL,
  PRIMARY KEY (unit, case_id),
  -- Serve the worklists of a unit: by state, and by what is due.
  KEY case_unit_state (unit, state, case_id),
  KEY case_unit_due (unit, due_at, case_id),
  KEY case_unit_of (case_id),
  CONSTRAINT case_unit_case FOREIGN KEY (case_id) REFERENCES complaint_case (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
