-- What is known now of each kindergarten: tuoyu.indicator.v1.KindergartenFacts. The key is what KindergartenOf says.
CREATE TABLE IF NOT EXISTS kindergarten_fact (
  generation   INT         NOT NULL,
  kindergarten VARCHAR(48) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facts        MEDIUMBLOB  NOT NULL,
  PRIMARY KEY (generation, kindergarten)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
