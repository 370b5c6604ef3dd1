-- One row, locked first by every write that needs to know which sequence its journal entry will get.
CREATE TABLE IF NOT EXISTS journal_writer (
  id TINYINT NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT journal_writer_one_row CHECK (id = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
