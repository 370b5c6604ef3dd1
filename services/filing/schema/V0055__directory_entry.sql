-- Lists that units keep (名录) of kindergartens and employers: one row an organisation, with all that was said of it.
CREATE TABLE IF NOT EXISTS directory_entry (
  id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind      TINYINT UNSIGNED NOT NULL,
  -- Code of the unit that keeps it.
  unit      VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source_id VARCHAR(100) COLLATE utf8mb4_bin NOT NULL,
  -- Counts the changes; the etag.
  revision  BIGINT NOT NULL,
  -- tuoyu.filing.v1.DirectoryEntry, without what is computed at reading.
  message   MEDIUMBLOB NOT NULL,
  PRIMARY KEY (id),
  -- Tells the entry of a keeper's record.
  UNIQUE KEY directory_entry_source (kind, unit, source_id),
  CONSTRAINT directory_entry_kind_known CHECK (kind BETWEEN 1 AND 2)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
