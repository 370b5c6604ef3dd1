-- What each facility counts for, in two times: on the days from valid_from until before valid_to (9999-12-31 while open),
-- as known from the journal entry known_from until before known_to (9223372036854775807 while it is still so). Only days
-- on which the facility is ACTIVE. The primary key is in the order of the journal, so that rows are appended.
CREATE TABLE IF NOT EXISTS facility_span (
  generation       INT     NOT NULL,
  known_from       BIGINT  NOT NULL,
  facility         CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from       DATE    NOT NULL,
  valid_to         DATE    NOT NULL,
  known_to         BIGINT  NOT NULL,
  division         BIGINT  NOT NULL,
  facility_type    TINYINT NOT NULL,
  places           INT     NOT NULL,
  inclusive        TINYINT NOT NULL,
  inclusive_places INT     NOT NULL,
  -- Of a site of a kindergarten the kindergarten, see KindergartenOf; else empty.
  kindergarten     VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (generation, known_from, facility, valid_from),
  -- Members of a measure, by facility: of a type, of the inclusive ones, of a town.
  KEY facility_span_type (generation, facility_type, facility),
  KEY facility_span_inclusive (generation, inclusive, facility),
  KEY facility_span_division (generation, division, facility),
  -- Whether a kindergarten has another site before this one.
  KEY facility_span_kindergarten (generation, kindergarten, facility),
  -- What was known at an earlier entry and is no longer.
  KEY facility_span_known_to (generation, known_to)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
