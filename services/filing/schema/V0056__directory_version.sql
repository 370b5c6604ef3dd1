-- The days on which each version of a directory's entry holds, and what lists are filtered by; the version is in the entry.
CREATE TABLE IF NOT EXISTS directory_version (
  entry_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  number        INT NOT NULL,
  kind          TINYINT UNSIGNED NOT NULL,
  -- It holds in [valid_from, valid_to); valid_to is 9999-12-31 while it does.
  valid_from    DATE NOT NULL,
  valid_to      DATE NOT NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  care_stage    TINYINT UNSIGNED NOT NULL,
  PRIMARY KEY (entry_id, number),
  -- A list as of a day, in order of the entries, with all it is filtered by.
  KEY directory_version_list (kind, entry_id, valid_from, valid_to, division_code, care_stage),
  CONSTRAINT directory_version_of FOREIGN KEY (entry_id) REFERENCES directory_entry (id),
  CONSTRAINT directory_version_not_empty CHECK (valid_from < valid_to)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
