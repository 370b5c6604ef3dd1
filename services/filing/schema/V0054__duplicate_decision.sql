-- What officers decided of two facilities that may be one and the same (疑似重复机构); earlier decisions are in the journal.
CREATE TABLE IF NOT EXISTS duplicate_decision (
  -- The lesser id first.
  first_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  second_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  verdict   TINYINT UNSIGNED NOT NULL,
  -- tuoyu.filing.v1.DuplicateDecision.
  message   BLOB NOT NULL,
  PRIMARY KEY (first_id, second_id),
  CONSTRAINT duplicate_decision_first FOREIGN KEY (first_id) REFERENCES facility (id),
  CONSTRAINT duplicate_decision_second FOREIGN KEY (second_id) REFERENCES facility (id),
  CONSTRAINT duplicate_decision_verdict_known CHECK (verdict BETWEEN 1 AND 2),
  CONSTRAINT duplicate_decision_of_two CHECK (first_id < second_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
