-- What is known now of each facility: tuoyu.indicator.v1.FacilityFacts.
CREATE TABLE IF NOT EXISTS facility_fact (
  generation INT        NOT NULL,
  facility   CHAR(36)   CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facts      MEDIUMBLOB NOT NULL,
  PRIMARY KEY (generation, facility)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
