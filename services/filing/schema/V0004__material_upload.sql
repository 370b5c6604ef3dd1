-- Files of materials (备案材料). An upload that is complete is the material's file; the material itself is part of the
-- filing's message and has the same id.
CREATE TABLE IF NOT EXISTS material_upload (
  id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  filing_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- 0 under way, 1 complete, 2 taken off a package that was submitted before (kept as evidence), 3 of a draft that was
  -- withdrawn before it was ever submitted: nobody needs it, to be purged.
  stage          TINYINT UNSIGNED NOT NULL,
  -- As declared, and received so far.
  size_bytes     BIGINT NOT NULL,
  received_bytes BIGINT NOT NULL,
  -- Material it takes the place of once complete.
  replaces_id    CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  create_time    DATETIME(6) NOT NULL,
  -- tuoyu.filing.v1.Material as declared.
  message        BLOB NOT NULL,
  PRIMARY KEY (id),
  -- The uploads of a filing, those under way, and their size together.
  KEY material_upload_filing (filing_id, stage, create_time, size_bytes),
  -- The uploads to purge.
  KEY material_upload_age (stage, create_time),
  CONSTRAINT material_upload_of FOREIGN KEY (filing_id) REFERENCES filing (id),
  CONSTRAINT material_upload_stage CHECK (stage BETWEEN 0 AND 3)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
