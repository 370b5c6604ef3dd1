-- The roster of children (婴幼儿名册): one row a child and facility, with the columns of staff_member.
CREATE TABLE IF NOT EXISTS child (
  facility_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Blind index of the child's document.
  person_index BINARY(32) NOT NULL,
  -- First day of the first enrolment and first day after the last one (9999-12-31 while one is open).
  valid_from   DATE NOT NULL,
  valid_to     DATE NOT NULL,
  -- Day the next check of the health record is due; without a complete record the first day in care; 9999-12-31 for none.
  due_on       DATE NOT NULL,
  -- First day after which the child is no longer enrolled elsewhere in the same part of the day; 1000-01-01 for never.
  shared_until DATE NOT NULL,
  -- Counts the changes; the etag.
  revision     BIGINT NOT NULL,
  -- tuoyu.filing.v1.Child, fields of children sealed, without what is computed at reading.
  message      MEDIUMBLOB NOT NULL,
  -- Serves a roster in order of entry.
  PRIMARY KEY (facility_id, id),
  -- A child stands once on a roster.
  UNIQUE KEY child_person (facility_id, person_index),
  -- The child's entries at all facilities.
  KEY child_everywhere (person_index, facility_id),
  -- The worklist of checks.
  KEY child_due (due_on, facility_id, id, valid_to),
  -- Enrolments at two facilities at once.
  KEY child_shared (shared_until, facility_id, id),
  CONSTRAINT child_of FOREIGN KEY (facility_id) REFERENCES facility (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
