-- The library of inspectors (执法检查人员名录库).
CREATE TABLE IF NOT EXISTS inspector (
  id       CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  unit     VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  account  VARCHAR(128) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  -- Blind index of the certificate's number.
  certificate_index BINARY(32) NOT NULL,
  -- Counts the changes; the etag.
  revision BIGINT NOT NULL,
  -- tuoyu.inspection.v1.Inspector, personal fields sealed.
  message  MEDIUMBLOB NOT NULL,
  -- Serves the list in order of id.
  PRIMARY KEY (id),
  -- An account has one entry.
  UNIQUE KEY inspector_account (account),
  -- And so has a certificate: a person is not two inspectors.
  UNIQUE KEY inspector_certificate (certificate_index),
  -- Serves the list of a unit.
  KEY inspector_unit (unit, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
