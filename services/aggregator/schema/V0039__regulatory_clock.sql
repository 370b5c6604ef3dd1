-- Clocks of cases that are counted: those whose due day is known.
CREATE TABLE IF NOT EXISTS regulatory_clock (
  case_key      BINARY(32) NOT NULL,
  -- Which of the case's clocks.
  position      SMALLINT NOT NULL,
  -- tuoyu.indicator.v1.RegulatoryMeasureKind it counts in.
  kind          TINYINT NOT NULL,
  due_on        DATE NOT NULL,
  done_on       DATE NULL,
  -- Day the step was done, or the due day where that was before.
  ended_on      DATE NOT NULL,
  confidential  TINYINT NOT NULL,
  -- As the case's; empty for a confidential one, and the facility for a place that is not in the registry.
  case_id       VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facility_id   VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (case_key, position),
  -- Serves the counts of quarters, and the records counted.
  KEY regulatory_clock_ended (kind, ended_on, case_id, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
