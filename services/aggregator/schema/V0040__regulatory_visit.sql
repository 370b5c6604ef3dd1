-- Visits, as the inspection service's journal says: which of their revisions the findings are of.
CREATE TABLE IF NOT EXISTS regulatory_visit (
  visit_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (visit_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
