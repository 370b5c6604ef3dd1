-- What is known now of each person and child on a facility's rosters and of each demonstration label:
-- tuoyu.indicator.v1.MemberFacts. member is the rest of the resource name after the facility's, e.g. "staff/0190…".
CREATE TABLE IF NOT EXISTS member_fact (
  generation INT         NOT NULL,
  facility   CHAR(36)    CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  member     VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facts      MEDIUMBLOB  NOT NULL,
  PRIMARY KEY (generation, facility, member)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
