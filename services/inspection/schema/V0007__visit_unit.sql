-- Which units are on which visit.
CREATE TABLE IF NOT EXISTS visit_unit (
  visit_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit     VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Bit n is set for domain n of tuoyu.inspection.v1.CheckDomain.
  domains  INT NOT NULL,
  day      DATE NOT NULL,
  PRIMARY KEY (visit_id, unit),
  -- Serves the history of a unit, the latest first.
  KEY visit_unit_by_day (unit, day, visit_id),
  CONSTRAINT visit_unit_of FOREIGN KEY (visit_id) REFERENCES visit (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
