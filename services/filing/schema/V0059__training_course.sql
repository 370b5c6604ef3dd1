-- Training courses (培训班).
CREATE TABLE IF NOT EXISTS training_course (
  -- UUIDv7: in order of their recording.
  id            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Code of the unit that recorded it.
  unit          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Town, street or district: the row scope of officers.
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Counts the changes; the etag.
  revision      BIGINT NOT NULL,
  -- tuoyu.filing.v1.TrainingCourse, certificate numbers sealed.
  message       MEDIUMBLOB NOT NULL,
  -- Serves the list of courses.
  PRIMARY KEY (id),
  -- Those of a unit.
  KEY training_course_of_unit (unit, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
