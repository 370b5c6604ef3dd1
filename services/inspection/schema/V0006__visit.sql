-- Visits (现场检查).
CREATE TABLE IF NOT EXISTS visit (
  id            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facility_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- None for a visit that was back-entered.
  plan_id       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- tuoyu.inspection.v1.PlanKind, VisitState, VisitOutcome.
  kind          TINYINT NOT NULL,
  state         TINYINT NOT NULL,
  outcome       TINYINT NOT NULL,
  -- Day of the visit; before it takes place the first day it may.
  day           DATE NOT NULL,
  first_day     DATE NOT NULL,
  last_day      DATE NOT NULL,
  -- Year whose cap it counts against; 0 for none.
  counted_year  SMALLINT NOT NULL,
  -- Whether anyone may read it.
  published     TINYINT NOT NULL,
  open_findings SMALLINT NOT NULL,
  -- Last day by which the result has to be public; 9999-12-31 when it is, or need not be yet.
  publish_by    DATE NOT NULL,
  -- Counts the changes; the etag.
  revision      BIGINT NOT NULL,
  -- tuoyu.inspection.v1.Visit with its findings, which have a table of their own to be found by.
  message       MEDIUMBLOB NOT NULL,
  PRIMARY KEY (id),
  -- Serves the history of a facility, the latest first, and what of it is public.
  KEY visit_of_facility (facility_id, day, id),
  -- Serves the history of a district.
  KEY visit_by_day (day, id),
  -- Serve what is public, and the histories of a division and of a state.
  KEY visit_public (published, day, id),
  KEY visit_of_division (division_code, day, id),
  KEY visit_of_state (state, day, id),
  -- Serve the lists of draws: when a facility was visited last, and what is planned near.
  KEY visit_past (facility_id, state, day),
  KEY visit_near (last_day, first_day, kind, state, facility_id),
  -- Serves the cap.
  KEY visit_counted (facility_id, counted_year),
  KEY visit_of_plan (plan_id),
  -- Serves the worklist of results to be made public.
  KEY visit_publish_by (publish_by, id),
  CONSTRAINT visit_of FOREIGN KEY (plan_id) REFERENCES plan (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
