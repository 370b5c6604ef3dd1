-- The journals of the inspection and of the complaint service, as far as they were read; where exactly says journal_cursor.
CREATE TABLE IF NOT EXISTS regulatory_source (
  source      VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Whether it was read to its end since it was begun.
  complete    TINYINT     NOT NULL,
  -- Of the last entry applied, and when that was.
  record_time DATETIME(6) NOT NULL,
  apply_time  DATETIME(6) NOT NULL,
  PRIMARY KEY (source)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
