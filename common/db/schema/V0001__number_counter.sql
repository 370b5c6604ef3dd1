-- Numbers people see, without gaps per kind and year. Who takes one holds the row until the end of its transaction.
CREATE TABLE IF NOT EXISTS number_counter (
  kind CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  year SMALLINT NOT NULL,
  last INT NOT NULL,
  PRIMARY KEY (kind, year)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
