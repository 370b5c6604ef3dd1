-- The slices of every facility, in both times: they hold in [valid_from, valid_to) and the system believed so in
-- [recorded_at, superseded_at). What is believed now has no superseded_at.
CREATE TABLE IF NOT EXISTS facility_version (
  facility_id   CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version       INT NOT NULL,
  recorded_at   DATETIME(6) NOT NULL,
  superseded_at DATETIME(6) NULL,
  valid_from    DATE NOT NULL,
  valid_to      DATE NULL,
  state         TINYINT UNSIGNED NOT NULL,
  back_entered  TINYINT UNSIGNED NOT NULL,
  -- tuoyu.filing.v1.FacilityVersion, personal fields sealed.
  message       MEDIUMBLOB NOT NULL,
  -- Serves the history of one facility, now or as known at a moment.
  PRIMARY KEY (facility_id, version, recorded_at),
  CONSTRAINT facility_version_of FOREIGN KEY (facility_id) REFERENCES facility (id),
  CONSTRAINT facility_version_positive CHECK (version > 0),
  CONSTRAINT facility_version_not_empty CHECK (valid_to IS NULL OR valid_from < valid_to),
  CONSTRAINT facility_version_times CHECK (superseded_at IS NULL OR recorded_at < superseded_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
