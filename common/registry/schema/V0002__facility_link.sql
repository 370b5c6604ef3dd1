-- Which facility continues which, as the registry's journal says.
CREATE TABLE IF NOT EXISTS facility_link (
  facility_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  predecessor_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (facility_id),
  -- Serves the way forward.
  KEY facility_link_forward (predecessor_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
