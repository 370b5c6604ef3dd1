-- Filings of prices (收费备案) of facilities.
CREATE TABLE IF NOT EXISTS price_filing (
  facility_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- UUIDv7: in order of time.
  id          CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.filing.v1.PriceFiling, without what is computed at reading.
  message     MEDIUMBLOB NOT NULL,
  -- Serves the filings of a facility, which are few.
  PRIMARY KEY (facility_id, id),
  CONSTRAINT price_filing_of FOREIGN KEY (facility_id) REFERENCES facility (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
