-- Parts of the record of a visit as devices sent them.
CREATE TABLE IF NOT EXISTS record_part (
  visit_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  part_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- SHA-256 of what the device made, to tell the same part from another with its id.
  digest   BINARY(32) NOT NULL,
  -- tuoyu.inspection.v1.RecordPart.
  message  BLOB NOT NULL,
  PRIMARY KEY (visit_id, part_id),
  CONSTRAINT record_part_of FOREIGN KEY (visit_id) REFERENCES visit (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
