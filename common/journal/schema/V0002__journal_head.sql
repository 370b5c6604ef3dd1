-- Sequence, hash and record time of the newest entry: one row, locked by each writer until it commits, so that the
-- order of sequence numbers is the order of commits and none is left out.
CREATE TABLE IF NOT EXISTS journal_head (
  id          TINYINT     NOT NULL,
  sequence    BIGINT      NOT NULL,
  hash        BINARY(32)  NOT NULL,
  record_time DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT journal_head_one_row CHECK (id = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
