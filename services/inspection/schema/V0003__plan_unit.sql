-- Which units take part in which plan.
CREATE TABLE IF NOT EXISTS plan_unit (
  unit    VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  plan_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Serves the list of a unit.
  PRIMARY KEY (unit, plan_id),
  CONSTRAINT plan_unit_of FOREIGN KEY (plan_id) REFERENCES plan (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
