-- Measures as known now: see measure_block.h. block = division * 1000000 + 0 (its years), year * 100 (the months of a
-- year) or year * 100 + month (the days of a month); sums holds, slot after slot from first_slot on, how much each
-- measure changed from the begin of the block to the end of the slot. The value of a division on any day is in three
-- rows, found by primary key, and of each in the bytes of one slot.
CREATE TABLE IF NOT EXISTS measure_block (
  generation INT        NOT NULL,
  block      BIGINT     NOT NULL,
  epoch      INT        NOT NULL, -- of the entry that changed it last
  first_slot INT        NOT NULL,
  sums       MEDIUMBLOB NOT NULL,
  PRIMARY KEY (generation, block)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
