-- Identities of facilities in other systems.
CREATE TABLE IF NOT EXISTS external_id (
  source_system VARCHAR(100) COLLATE utf8mb4_bin NOT NULL,
  source_id     VARCHAR(200) COLLATE utf8mb4_bin NOT NULL,
  facility_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Unique per system; finds the facility of an id.
  PRIMARY KEY (source_system, source_id),
  -- One id of each system for a facility.
  UNIQUE KEY external_id_of_system (facility_id, source_system),
  CONSTRAINT external_id_of FOREIGN KEY (facility_id) REFERENCES facility (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
