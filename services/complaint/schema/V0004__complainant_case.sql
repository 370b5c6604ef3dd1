-- Which complainant follows which case.
CREATE TABLE IF NOT EXISTS complainant_case (
  case_id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  complainant_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.complaint.v1.Satisfaction; 0 while not said.
  satisfaction   TINYINT NOT NULL,
  withdrawn      TINYINT NOT NULL,
  PRIMARY KEY (case_id, complainant_id),
  -- Serves the query code.
  KEY complainant_cases (complainant_id, case_id),
  CONSTRAINT complainant_case_case FOREIGN KEY (case_id) REFERENCES complaint_case (id),
  CONSTRAINT complainant_case_who FOREIGN KEY (complainant_id) REFERENCES complainant (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
