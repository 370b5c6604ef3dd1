-- When a member of a facility adds 1 to a measure (its number in measures.h), in two times as facility_span.
CREATE TABLE IF NOT EXISTS member_span (
  generation INT         NOT NULL,
  known_from BIGINT      NOT NULL,
  facility   CHAR(36)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member     VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  valid_from DATE        NOT NULL,
  valid_to   DATE        NOT NULL,
  known_to   BIGINT      NOT NULL,
  division   BIGINT      NOT NULL,
  measure    TINYINT     NOT NULL,
  PRIMARY KEY (generation, known_from, facility, member, valid_from),
  -- Members of a measure, by facility and member: all, and those of a town.
  KEY member_span_measure (generation, measure, facility, member),
  KEY member_span_division (generation, division, measure, facility, member),
  -- What was known at an earlier entry and is no longer.
  KEY member_span_known_to (generation, known_to)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
