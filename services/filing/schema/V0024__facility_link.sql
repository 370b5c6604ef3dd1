-- Which facility continues which (前身与承继), in journal time: a link stands in [recorded_at, removed_at), what is believed
-- now has no removed_at.
CREATE TABLE IF NOT EXISTS facility_link (
  facility_id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  predecessor_id          CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  recorded_at             DATETIME(6) NOT NULL,
  removed_at              DATETIME(6) NULL,
  -- Both ids while the link stands.
  standing_id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  standing_predecessor_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  -- Finds the predecessors of a facility as known at a moment.
  PRIMARY KEY (facility_id, recorded_at),
  -- A facility has one predecessor and one successor; finds them as known now.
  UNIQUE KEY facility_link_standing (standing_id),
  UNIQUE KEY facility_link_predecessor (standing_predecessor_id),
  -- Finds the successors of a facility as known at a moment.
  KEY facility_link_to_predecessor (predecessor_id, recorded_at),
  CONSTRAINT facility_link_of FOREIGN KEY (facility_id) REFERENCES facility (id),
  CONSTRAINT facility_link_to FOREIGN KEY (predecessor_id) REFERENCES facility (id),
  CONSTRAINT facility_link_times CHECK (removed_at IS NULL OR recorded_at < removed_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
