-- The register (备案名录): one row a facility, as it is today. The history is in facility_version; columns and messages
-- here are made from it and made anew on the day something changes by itself (next_change_on).
CREATE TABLE IF NOT EXISTS facility (
  id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  uscc           VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- `uscc` while ACTIVE or SUSPENDED: a facility is filed once.
  open_uscc      VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NULL,
  name           VARCHAR(200) COLLATE utf8mb4_unicode_520_ci NOT NULL,
  division_code  VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facility_type  TINYINT UNSIGNED NOT NULL,
  state          TINYINT UNSIGNED NOT NULL,
  -- Bit n is set for the service mode with number n.
  service_modes  TINYINT UNSIGNED NOT NULL,
  -- Bit n is set when a class takes children n months old.
  age_months     BIGINT UNSIGNED NOT NULL,
  capacity       INT NOT NULL,
  -- CGCS2000, millionths of a degree; null when no point is filed.
  longitude      INT NULL,
  latitude       INT NULL,
  -- A recognition is in force today.
  inclusive      TINYINT UNSIGNED NOT NULL,
  -- First day on which this row is out of date by itself: a slice or a recognition begins or ends.
  next_change_on DATE NULL,
  -- Highest number of a slice ever given.
  last_version   INT NOT NULL,
  -- Counts the changes; part of the etag.
  revision       BIGINT NOT NULL,
  -- Journal time of the last change.
  recorded_at    DATETIME(6) NOT NULL,
  -- What the columns and messages were cut and counted by: a digest of data classes and class rules (ShapeOf). Another one
  -- is out of date.
  shape          CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.filing.v1.Facility. The first `internal_size` bytes are all of it but the personal fields, the rest are these,
  -- sealed: both together parse to the whole.
  message        MEDIUMBLOB NOT NULL,
  internal_size  INT NOT NULL,
  -- The facility cut to what is public.
  public_message MEDIUMBLOB NOT NULL,
  PRIMARY KEY (id),
  -- Refuses a second open filing; finds a facility by its USCC.
  UNIQUE KEY facility_open_uscc (open_uscc),
  KEY facility_by_uscc (uscc, id),
  -- The facilities that have ended, for what goes on at them all the same.
  KEY facility_by_state (state, id),
  -- ListFacilities in order of name; the further columns let the filters be decided in the index.
  KEY facility_list_by_name
    (name, id, state, division_code, facility_type, service_modes, age_months, inclusive),
  -- ListFacilities of one town or street.
  KEY facility_list_by_division
    (division_code, name, id, state, facility_type, service_modes, age_months, inclusive),
  -- ListFacilities near a point: the box, the filters and the distance are decided in the index.
  KEY facility_list_near
    (latitude, longitude, state, division_code, facility_type, service_modes, age_months, inclusive, name, id),
  -- The rows to make anew on a day.
  KEY facility_due (next_change_on, id),
  KEY facility_shape (shape, id),
  CONSTRAINT facility_state_known CHECK (state BETWEEN 1 AND 4),
  CONSTRAINT facility_capacity_not_negative CHECK (capacity >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
