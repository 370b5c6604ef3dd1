-- All that was pushed of a registration, in the order it came: what holds, what held, what came too late to hold.
CREATE TABLE IF NOT EXISTS registration_fact (
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- UUIDv7: in order of time.
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Blind index of the fact with the moment it stands at: a fact pushed again is told by it.
  fact_index      BINARY(32) NOT NULL,
  -- tuoyu.filing.v1.Registration as it was pushed, personal fields sealed.
  message         BLOB NOT NULL,
  -- Serves the history of a registration.
  PRIMARY KEY (registration_id, id),
  UNIQUE KEY registration_fact_once (registration_id, fact_index),
  CONSTRAINT registration_fact_of FOREIGN KEY (registration_id) REFERENCES registration (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
