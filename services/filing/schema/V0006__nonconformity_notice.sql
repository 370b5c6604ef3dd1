-- Non-conformity notices (不符合告知) as published, with or without a receipt of the filing.
CREATE TABLE IF NOT EXISTS nonconformity_notice (
  -- UUIDv7: in order of time.
  id            CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  filing_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Day it was mended, replaced, or its filing ended.
  closed_on     DATE NULL,
  -- tuoyu.filing.v1.PublishedNotice as it was published.
  message       MEDIUMBLOB NOT NULL,
  -- Serves the public list, the newest first.
  PRIMARY KEY (id),
  -- Serves closing what is open of a filing.
  KEY nonconformity_notice_filing (filing_id, closed_on),
  CONSTRAINT nonconformity_notice_of FOREIGN KEY (filing_id) REFERENCES filing (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
