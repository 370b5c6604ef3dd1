-- Cases, as the complaint service's journal says: which of their revisions the clocks are of.
CREATE TABLE IF NOT EXISTS regulatory_case (
  -- SHA-256 of the case's name.
  case_key BINARY(32) NOT NULL,
  revision BIGINT NOT NULL,
  PRIMARY KEY (case_key)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
