-- Plans of inspections (检查计划).
CREATE TABLE IF NOT EXISTS plan (
  -- UUIDv7: in order of time.
  id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.inspection.v1.PlanState.
  state     TINYINT NOT NULL,
  first_day DATE NOT NULL,
  last_day  DATE NOT NULL,
  -- Counts the changes; the etag.
  revision  BIGINT NOT NULL,
  -- tuoyu.inspection.v1.Plan.
  message   MEDIUMBLOB NOT NULL,
  -- Serves the list, the newest first.
  PRIMARY KEY (id),
  -- Serves the question which plans are near in time.
  KEY plan_near (state, last_day)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
