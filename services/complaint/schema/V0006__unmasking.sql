-- Requests to learn who complained.
CREATE TABLE IF NOT EXISTS unmasking (
  id       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  case_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit     VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Counts the changes; the etag.
  revision BIGINT NOT NULL,
  -- tuoyu.complaint.v1.Unmasking, personal fields sealed.
  message  BLOB NOT NULL,
  PRIMARY KEY (id),
  -- Serve the lists of a unit and of a case.
  KEY unmasking_unit (unit, id),
  KEY unmasking_case (case_id, id),
  CONSTRAINT unmasking_of FOREIGN KEY (case_id) REFERENCES complaint_case (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
