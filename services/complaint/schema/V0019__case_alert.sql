-- Alerts that stand (预警), of each unit that is told; they go with what they tell of.
CREATE TABLE IF NOT EXISTS case_alert (
  unit      VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  case_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- "EMERGENCY", "CLUSTER" or clock and level.
  code      VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  raised_at DATETIME(6) NOT NULL,
  -- tuoyu.complaint.v1.CaseAlert.
  message   BLOB NOT NULL,
  PRIMARY KEY (unit, case_id, code),
  -- Serves a unit's alerts in order of time.
  KEY case_alert_raised (unit, raised_at, case_id, code),
  KEY case_alert_of (case_id),
  CONSTRAINT case_alert_case FOREIGN KEY (case_id) REFERENCES complaint_case (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
