-- The roster of staff (从业人员名册): one row a person and facility. The columns beside the message are made from it and from
-- the rules of the day it was written.
CREATE TABLE IF NOT EXISTS staff_member (
  facility_id  CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id           CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Blind index of the resident id: the same for the same person everywhere, and tells nothing without the key.
  person_index BINARY(32) NOT NULL,
  -- First day of the first post and first day after the last one (9999-12-31 while one is open).
  valid_from   DATE NOT NULL,
  valid_to     DATE NOT NULL,
  -- First day on which a post lacks a certificate it needs; the day since when, if it lacks one already; 9999-12-31 for
  -- none. It matters until the last post ends.
  due_on       DATE NOT NULL,
  -- First day after which the person no longer holds posts at another facility at the same time; 1000-01-01 for never.
  shared_until DATE NOT NULL,
  -- Counts the changes; the etag.
  revision     BIGINT NOT NULL,
  -- tuoyu.filing.v1.StaffMember, personal fields sealed, without what is computed at reading.
  message      MEDIUMBLOB NOT NULL,
  -- Serves a roster in order of entry.
  PRIMARY KEY (facility_id, id),
  -- A person stands once on a roster.
  UNIQUE KEY staff_member_person (facility_id, person_index),
  -- The person's entries at all facilities.
  KEY staff_member_everywhere (person_index, facility_id),
  -- The worklist of what is missing, has lapsed or lapses.
  KEY staff_member_due (due_on, facility_id, id, valid_to),
  -- Posts at two facilities at once.
  KEY staff_member_shared (shared_until, facility_id, id),
  CONSTRAINT staff_member_of FOREIGN KEY (facility_id) REFERENCES facility (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
