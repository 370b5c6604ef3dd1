-- Which generation of the derived tables answers questions (`serving`, 0 while there is none that is whole) and which one
-- the journal is applied to (`writing`); they differ while the measures are rebuilt. One row.
CREATE TABLE IF NOT EXISTS aggregate_state (
  id      TINYINT NOT NULL,
  serving INT     NOT NULL,
  writing INT     NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT aggregate_state_one_row CHECK (id = 1)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
