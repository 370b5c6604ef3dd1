-- Findings of visits (检查发现的问题).
CREATE TABLE IF NOT EXISTS finding (
  visit_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item          CHAR(3) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facility_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit          VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Whether it is neither corrected nor withdrawn.
  open          TINYINT NOT NULL,
  due_date      DATE NOT NULL,
  -- Whether it was told to the lead department and the street or town that it is overdue.
  escalated     TINYINT NOT NULL,
  -- Day the visit was concluded.
  found_on      DATE NOT NULL,
  -- tuoyu.inspection.v1.Finding.
  message       MEDIUMBLOB NOT NULL,
  PRIMARY KEY (visit_id, item),
  -- Serves the worklist by due date.
  KEY finding_due (open, due_date, visit_id, item),
  -- Serves what is found overdue and is not told yet.
  KEY finding_escalate (open, escalated, due_date),
  -- Serves the open ones of a facility, and whether an item was found before.
  KEY finding_of_facility (facility_id, open, item, found_on),
  CONSTRAINT finding_of FOREIGN KEY (visit_id) REFERENCES visit (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
