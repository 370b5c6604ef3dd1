-- Cases entered from papers (补录), by where the papers are from: entered once.
CREATE TABLE IF NOT EXISTS case_source (
  -- SHA-256 of the system and the id it has there.
  source_key   BINARY(32) NOT NULL,
  case_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- SHA-256 of the entry.
  entry_digest BINARY(32) NOT NULL,
  PRIMARY KEY (source_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
