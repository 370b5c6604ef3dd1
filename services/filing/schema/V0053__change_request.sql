-- Change requests (变更提请): where a unit's word differs from the register.
CREATE TABLE IF NOT EXISTS change_request (
  id            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facility_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The facility while the request is open.
  open_facility CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- Code of the unit whose word it is.
  unit          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind          TINYINT UNSIGNED NOT NULL,
  state         TINYINT UNSIGNED NOT NULL,
  opened_on     DATE NOT NULL,
  -- Town or street of the facility when it was opened: the row scope of officers.
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Counts the changes; the etag.
  revision      BIGINT NOT NULL,
  -- tuoyu.filing.v1.ChangeRequest, without what is computed at reading.
  message       MEDIUMBLOB NOT NULL,
  PRIMARY KEY (id),
  -- One open request of a kind for each facility and unit; finds those of a facility.
  UNIQUE KEY change_request_open (open_facility, unit, kind),
  -- What was rejected before of a facility.
  KEY change_request_of_facility (facility_id, unit, state),
  -- The worklist, the longest open first, with all it is filtered by.
  KEY change_request_list (state, opened_on, id, division_code, unit, kind, facility_id),
  CONSTRAINT change_request_of FOREIGN KEY (facility_id) REFERENCES facility (id),
  CONSTRAINT change_request_state_known CHECK (state BETWEEN 1 AND 6)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
