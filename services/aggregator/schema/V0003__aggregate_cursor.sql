-- How far each generation has applied the registry's journal: sequence and hash of the last entry, its record time, and
-- when it was applied. Changed in the transaction that applies the entry. A row of a generation neither serving nor
-- writing stays until its rows in the other tables are deleted.
CREATE TABLE IF NOT EXISTS aggregate_cursor (
  generation  INT           NOT NULL,
  sequence    BIGINT        NOT NULL,
  hash        VARBINARY(32) NOT NULL,
  record_time DATETIME(6)   NULL,
  apply_time  DATETIME(6)   NULL,
  PRIMARY KEY (generation)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
