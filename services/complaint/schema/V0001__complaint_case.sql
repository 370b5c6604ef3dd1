-- Cases (投诉举报案件).
CREATE TABLE IF NOT EXISTS complaint_case (
  id            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  case_number   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.complaint.v1.CaseKind, CaseState.
  kind          TINYINT NOT NULL,
  state         TINYINT NOT NULL,
  category      VARCHAR(30) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- NULL for a place that is not in the registry.
  facility_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  handler       VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  confidential  TINYINT NOT NULL,
  disclosed     TINYINT NOT NULL,
  -- For statistics: tuoyu.complaint.v1.CaseOutcome, Satisfaction, and whether all clocks were met.
  outcome       TINYINT NOT NULL,
  satisfaction  TINYINT NOT NULL,
  in_time       TINYINT NOT NULL,
  -- Whether others may join it.
  joinable      TINYINT NOT NULL,
  filed_at      DATETIME(6) NOT NULL,
  -- Number of the ticket of the hotline: accepted once.
  external_number VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- Blind index of what was said about which place while the case is open: who says the same joins it.
  same_text     BINARY(32) NULL,
  -- When the service has to act on it: tell the next level that it is late, or close it; 9999-12-31 for never.
  wake_at       DATETIME(6) NOT NULL,
  -- Counts the changes; the etag.
  revision      BIGINT NOT NULL,
  -- tuoyu.complaint.v1.Case, personal and reporter fields sealed.
  message       MEDIUMBLOB NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY case_number_once (case_number),
  UNIQUE KEY case_external_once (external_number),
  UNIQUE KEY case_same_text (same_text),
  -- Serve the histories of a facility, its clusters, and a division.
  KEY case_of_facility (facility_id, id),
  KEY case_of_division (division_code, id),
  -- Serves what a facility was shown.
  KEY case_disclosed (facility_id, disclosed, id),
  -- Serves what may be joined.
  KEY case_joinable (facility_id, joinable, category, id),
  -- Serves a handler's desk.
  KEY case_of_handler (handler, state, id),
  -- Serves the statistics of a quarter.
  KEY case_filed (filed_at, state, kind, category, outcome, in_time, satisfaction),
  -- Serves what the service has to act on.
  KEY case_wake (wake_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
