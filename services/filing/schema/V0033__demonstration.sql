-- Demonstration labels (示范单位) of facilities.
CREATE TABLE IF NOT EXISTS demonstration (
  facility_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- UUIDv7: in order of time.
  id          CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.filing.v1.Demonstration.
  message     BLOB NOT NULL,
  -- Serves the labels of a facility, which are few.
  PRIMARY KEY (facility_id, id),
  CONSTRAINT demonstration_of FOREIGN KEY (facility_id) REFERENCES facility (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
