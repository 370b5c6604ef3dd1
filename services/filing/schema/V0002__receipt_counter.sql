-- Last serial given to a receipt of a district and year. A row is locked from the moment a number is taken until commit,
-- and a transaction that fails gives its number back: numbers have no gap.
CREATE TABLE IF NOT EXISTS receipt_counter (
  district_code CHAR(6) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year          SMALLINT NOT NULL,
  serial        INT NOT NULL,
  PRIMARY KEY (district_code, year),
  CONSTRAINT receipt_counter_positive CHECK (serial > 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
