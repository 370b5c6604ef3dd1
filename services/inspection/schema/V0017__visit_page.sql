-- The latest visits of a facility as an officer's list shows them, kept with each change of one: what is read the most is one row.
CREATE TABLE IF NOT EXISTS visit_page (
  facility_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- That of all of them; empty where they differ.
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Whether they show the same on any day, to any officer: published, nothing open, made for no complaint.
  settled       TINYINT NOT NULL,
  visits        INT NOT NULL,
  -- Whether there are more, and the day and id of the last one here.
  more          TINYINT NOT NULL,
  last_day      DATE NOT NULL,
  last_id       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.inspection.v1.ListVisitsResponse.
  message       MEDIUMBLOB NOT NULL,
  PRIMARY KEY (facility_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
