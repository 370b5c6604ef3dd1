-- Penalty cases (行政处罚案件).
CREATE TABLE IF NOT EXISTS penalty_case (
  -- UUIDv7: in order of time.
  id            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  visit_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facility_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.inspection.v1.PenaltyState.
  state         TINYINT NOT NULL,
  -- Whether the facility knows of it.
  told          TINYINT NOT NULL,
  -- Whether anyone may read it.
  published     TINYINT NOT NULL,
  -- Day of a decision that stands against the facility; none while there is none.
  decided_on    DATE NULL,
  -- Last day by which the decision has to be public; 9999-12-31 when it is, or need not be.
  publish_by    DATE NOT NULL,
  -- Visit and conduct of a case against the facility that is open or stands: none is punished twice (行政处罚法 art. 29).
  matter        VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- Counts the changes; the etag.
  revision      BIGINT NOT NULL,
  -- tuoyu.inspection.v1.PenaltyCase, personal fields sealed.
  message       MEDIUMBLOB NOT NULL,
  -- Serves the list, the newest first.
  PRIMARY KEY (id),
  UNIQUE KEY penalty_matter (matter),
  -- Serve the lists of a facility, a unit, a division and a state, and what is public.
  KEY penalty_of_facility (facility_id, id),
  KEY penalty_of_unit (unit, id),
  KEY penalty_of_division (division_code, id),
  KEY penalty_of_state (state, id),
  KEY penalty_public (published, id),
  -- Serves the question how often a facility was punished.
  KEY penalty_decided (facility_id, decided_on),
  -- Serves the worklist of decisions to be made public.
  KEY penalty_publish_by (publish_by, id),
  KEY penalty_of_visit (visit_id),
  CONSTRAINT penalty_of FOREIGN KEY (visit_id) REFERENCES visit (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
