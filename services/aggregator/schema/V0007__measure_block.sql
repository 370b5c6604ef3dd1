-- Measures as known now, as changes by day, month and year: see measure_block.h. block = division * 1000000 + 0 (years),
-- year * 100 (its months) or year * 100 + month (its days); changes is a tuoyu.indicator.v1.MeasureBlock. The value of a
-- division on any day is in three rows, found by primary key.
CREATE TABLE IF NOT EXISTS measure_block (
  generation INT        NOT NULL,
  block      BIGINT     NOT NULL,
  changes    MEDIUMBLOB NOT NULL,
  PRIMARY KEY (generation, block)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
