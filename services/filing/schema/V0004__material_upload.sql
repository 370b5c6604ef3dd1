-- Files of materials (备案材料). An upload that is complete is the material's file; the material itself is part of the
-- filing's message and has the same id.
CREATE TABLE IF NOT EXISTS material_upload (
  id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  filing_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- 0 under way, 1 complete, 2 taken off a package that was submitted before (kept as evidence).
  stage          TINYINT UNSIGNED NOT NULL,
  received_bytes BIGINT NOT NULL,
  create_time    DATETIME(6) NOT NULL,
  -- tuoyu.filing.v1.Material as declared.
  message        BLOB NOT NULL,
  PRIMARY KEY (id),
  -- The uploads of a filing that are under way.
  KEY material_upload_filing (filing_id, stage, create_time),
  -- The uploads to purge.
  KEY material_upload_age (stage, create_time),
  CONSTRAINT material_upload_of FOREIGN KEY (filing_id) REFERENCES filing (id),
  CONSTRAINT material_upload_stage CHECK (stage BETWEEN 0 AND 2)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
