-- Applications for inclusive recognition (普惠认定申请).
CREATE TABLE IF NOT EXISTS recognition_application (
  facility_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- UUIDv7: in order of time.
  id          CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.filing.v1.RecognitionApplication, without what is computed at reading.
  message     MEDIUMBLOB NOT NULL,
  state       TINYINT UNSIGNED NOT NULL,
  -- Serves the applications of a facility, which are few.
  PRIMARY KEY (facility_id, id),
  -- Serves the worklist, oldest first; the state is decided in the index.
  UNIQUE KEY recognition_application_list (id, state),
  CONSTRAINT recognition_application_of FOREIGN KEY (facility_id) REFERENCES facility (id),
  CONSTRAINT recognition_application_state CHECK (state BETWEEN 1 AND 5)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
