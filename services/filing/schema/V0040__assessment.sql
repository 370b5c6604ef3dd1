-- Assessments by grades (等级评定) of facilities.
CREATE TABLE IF NOT EXISTS assessment (
  facility_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- UUIDv7: in order of time.
  id          CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.filing.v1.Assessment, with earlier results and appeals.
  message     MEDIUMBLOB NOT NULL,
  -- Serves the assessments of a facility, which are few.
  PRIMARY KEY (facility_id, id),
  CONSTRAINT assessment_of FOREIGN KEY (facility_id) REFERENCES facility (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
