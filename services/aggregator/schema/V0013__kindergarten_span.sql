-- When a kindergarten has at least one active site with filed places in a division (town, district or city), in two
-- times as facility_span.
CREATE TABLE IF NOT EXISTS kindergarten_span (
  generation   INT         NOT NULL,
  known_from   BIGINT      NOT NULL,
  kindergarten VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division     BIGINT      NOT NULL,
  valid_from   DATE        NOT NULL,
  valid_to     DATE        NOT NULL,
  known_to     BIGINT      NOT NULL,
  PRIMARY KEY (generation, known_from, kindergarten, division, valid_from),
  -- What was known at an earlier entry and is no longer.
  KEY kindergarten_span_known_to (generation, known_to)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
