-- Which facility continues which (前身与承继).
CREATE TABLE IF NOT EXISTS facility_link (
  facility_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  predecessor_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recorded_at    DATETIME(6) NOT NULL,
  PRIMARY KEY (facility_id),
  -- A facility has one successor; finds it.
  UNIQUE KEY facility_link_predecessor (predecessor_id),
  CONSTRAINT facility_link_of FOREIGN KEY (facility_id) REFERENCES facility (id),
  CONSTRAINT facility_link_to FOREIGN KEY (predecessor_id) REFERENCES facility (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
