-- Which inspectors are on which visit.
CREATE TABLE IF NOT EXISTS visit_inspector (
  visit_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  inspector_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  day          DATE NOT NULL,
  PRIMARY KEY (visit_id, inspector_id),
  -- Serves the history of an inspector, the latest first.
  KEY visit_inspector_by_day (inspector_id, day, visit_id),
  CONSTRAINT visit_inspector_of FOREIGN KEY (visit_id) REFERENCES visit (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
