-- Inclusive recognitions (普惠认定), in both times as facility_version: a revocation supersedes the row.
CREATE TABLE IF NOT EXISTS recognition (
  facility_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recorded_at   DATETIME(6) NOT NULL,
  superseded_at DATETIME(6) NULL,
  valid_from    DATE NOT NULL,
  -- By its term, or by its revocation when that comes first; null when unlimited.
  ends_on       DATE NULL,
  -- tuoyu.filing.v1.Recognition.
  message       MEDIUMBLOB NOT NULL,
  -- Serves the recognitions of one facility, now or as known at a moment.
  PRIMARY KEY (facility_id, id, recorded_at),
  CONSTRAINT recognition_of FOREIGN KEY (facility_id) REFERENCES facility (id),
  CONSTRAINT recognition_times CHECK (superseded_at IS NULL OR recorded_at < superseded_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
