-- What complainants added to what they said.
CREATE TABLE IF NOT EXISTS statement (
  id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  case_id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  complainant_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.complaint.v1.Statement, sealed.
  message        BLOB NOT NULL,
  PRIMARY KEY (id),
  -- Serves the case, the latest first, and how many a complainant added.
  KEY statement_of_case (case_id, id),
  KEY statement_of_complainant (complainant_id, case_id),
  CONSTRAINT statement_case FOREIGN KEY (case_id) REFERENCES complaint_case (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
