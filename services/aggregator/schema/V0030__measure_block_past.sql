-- What a block held at the end of earlier epochs (kEpochEntries journal entries each): a row for each epoch in which it
-- changed, but for its last, whose contents are in measure_block. Contents at the end of an epoch are those of the newest
-- row of that epoch or before, read along the primary key.
CREATE TABLE IF NOT EXISTS measure_block_past (
  generation INT        NOT NULL,
  block      BIGINT     NOT NULL,
  epoch      INT        NOT NULL,
  changes    MEDIUMBLOB NOT NULL, -- a KeptBlock (facts.proto)
  PRIMARY KEY (generation, block, epoch)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
