-- Filings (备案), from draft to receipt. The whole filing is `message`; the columns beside it are what it is found by.
CREATE TABLE IF NOT EXISTS filing (
  id            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind          TINYINT UNSIGNED NOT NULL,
  state         TINYINT UNSIGNED NOT NULL,
  -- Account that made it; with facility_id the row scope of facilities.
  owner         VARCHAR(128) COLLATE utf8mb4_bin NOT NULL,
  -- The facility it concerns; empty for a first filing until it is filed.
  facility_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Town or street of the site; empty until the first submission: the row scope of officers, who see no drafts.
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Next day by which someone must act; of what waits for an officer without a day, the day since when; 9999-12-31 when
  -- nobody must.
  next_due      DATE NOT NULL,
  -- Rules and calendar that next_due was computed by; another one at the start of the process computes it anew.
  schedule      VARCHAR(120) COLLATE utf8mb4_bin NOT NULL,
  -- USCC of a first filing while it is handled (SUBMITTED until the receipt): one at a time.
  open_uscc     VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- Facility of a change or cancellation until its receipt: one at a time.
  open_facility CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- Record a back-entered filing was copied from.
  source_system VARCHAR(100) COLLATE utf8mb4_bin NULL,
  source_id     VARCHAR(200) COLLATE utf8mb4_bin NULL,
  create_time   DATETIME(6) NOT NULL,
  -- tuoyu.filing.v1.Filing, personal fields sealed, without what is computed at reading.
  message       MEDIUMBLOB NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY filing_open_uscc (open_uscc),
  UNIQUE KEY filing_open_facility (open_facility),
  UNIQUE KEY filing_source (source_system, source_id),
  -- The worklist of an officer, state by state in order of the due date, with all it is filtered by.
  KEY filing_worklist (state, next_due, id, division_code, kind, owner, facility_id),
  -- A facility's own filings; the drafts of an account.
  KEY filing_by_owner (owner, state, id),
  KEY filing_by_facility (facility_id, id),
  -- Open filings with an outdated schedule.
  KEY filing_schedule (state, schedule),
  CONSTRAINT filing_kind_known CHECK (kind BETWEEN 1 AND 3),
  CONSTRAINT filing_state_known CHECK (state BETWEEN 1 AND 10)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
