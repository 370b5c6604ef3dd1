-- How far the journals of other services are applied: effects and this position change in one transaction.
CREATE TABLE IF NOT EXISTS journal_cursor (
  source   VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The last entry applied, and its hash.
  sequence BIGINT NOT NULL,
  hash     BINARY(32) NOT NULL,
  PRIMARY KEY (source)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
