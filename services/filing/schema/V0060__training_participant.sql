-- Who took part in which course; what came of it is in the course.
CREATE TABLE IF NOT EXISTS training_participant (
  -- Entry of the roster of staff.
  facility_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  staff_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  course_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Finds the training of a person.
  PRIMARY KEY (facility_id, staff_id, course_id),
  CONSTRAINT training_participant_staff FOREIGN KEY (facility_id, staff_id) REFERENCES staff_member (facility_id, id),
  CONSTRAINT training_participant_course FOREIGN KEY (course_id) REFERENCES training_course (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
