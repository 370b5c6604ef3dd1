-- Complaints and reports the complaint service told of, with the facility: a plan for one names it.
CREATE TABLE IF NOT EXISTS known_case (
  case_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facility_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (case_id, facility_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
