-- One row for each person, adult or child, on a roster or on the list of banned persons, by blind index: locked by every write about the
-- person, so that two facilities, or a facility and a ban, don't pass each other unseen.
CREATE TABLE IF NOT EXISTS roster_person (
  person_index BINARY(32) NOT NULL,
  PRIMARY KEY (person_index)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
