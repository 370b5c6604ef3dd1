-- Receipts (备案回执), never changed.
CREATE TABLE IF NOT EXISTS receipt (
  receipt_number VARCHAR(64) COLLATE utf8mb4_bin NOT NULL,
  filing_id      CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Keyed digest of the verification code; the code itself is sealed in `message`.
  code_digest    BINARY(32) NOT NULL,
  -- tuoyu.filing.v1.SignedReceipt.
  message        MEDIUMBLOB NOT NULL,
  -- Serves VerifyReceipt; a number is given once.
  PRIMARY KEY (receipt_number),
  -- Serves GetReceipt.
  UNIQUE KEY receipt_filing (filing_id),
  CONSTRAINT receipt_of FOREIGN KEY (filing_id) REFERENCES filing (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
