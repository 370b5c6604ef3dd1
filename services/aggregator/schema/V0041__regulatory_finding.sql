-- Findings of visits, without those withdrawn.
CREATE TABLE IF NOT EXISTS regulatory_finding (
  visit_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  item          VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facility_id   VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  found_on      DATE NOT NULL,
  -- As it was ordered, with the extensions granted.
  deadline      DATE NOT NULL,
  corrected_on  DATE NULL,
  -- Whether the inspection service said that it was found before; NULL where it did not judge (entered from papers).
  repeated      TINYINT NULL,
  PRIMARY KEY (visit_id, item),
  -- Serve the counts of quarters, and the records counted.
  KEY regulatory_finding_found (found_on, visit_id, item),
  KEY regulatory_finding_deadline (deadline, visit_id, item),
  -- Serves what is open on a day.
  KEY regulatory_finding_open (corrected_on, found_on),
  -- Serves whether the item was found at the facility before.
  KEY regulatory_finding_of (facility_id, item, found_on)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
