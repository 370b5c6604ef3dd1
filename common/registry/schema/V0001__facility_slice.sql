-- The library of facilities (检查对象名录库), as the registry's journal says: slices of their history in valid time.
CREATE TABLE IF NOT EXISTS facility_slice (
  facility_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version       INT NOT NULL,
  valid_from    DATE NOT NULL,
  -- First day it no longer holds; 9999-12-31 while open.
  valid_to      DATE NOT NULL,
  -- tuoyu.filing.v1.FacilityState.
  state         TINYINT NOT NULL,
  name          VARCHAR(240) NOT NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.filing.v1.FacilityType.
  type          TINYINT NOT NULL,
  filed_on      DATE NOT NULL,
  PRIMARY KEY (facility_id, version),
  -- Serves the lists of draws.
  KEY facility_slice_active (state, division_code, facility_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
