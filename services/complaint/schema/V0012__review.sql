-- Reviews by families (家庭评价). Who wrote them is not known: the pseudonym of a proof of attendance is kept as a blind index.
CREATE TABLE IF NOT EXISTS review (
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  facility_id     CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  division_code   VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.complaint.v1.ReviewState.
  state           TINYINT NOT NULL,
  -- Blind indices of the pseudonym of child and term, and of the query code, which is stored nowhere.
  pseudonym_index BINARY(32) NOT NULL,
  code_index      BINARY(32) NOT NULL,
  -- First day it is public, and first day it is not any more; 9999-12-31 and 1000-01-01 where it never is.
  public_from     DATE NOT NULL,
  public_until    DATE NOT NULL,
  -- Scores, 1 to 5, and the lowest of them.
  safety          TINYINT NOT NULL,
  care            TINYINT NOT NULL,
  meals           TINYINT NOT NULL,
  communication   TINYINT NOT NULL,
  fees            TINYINT NOT NULL,
  lowest          TINYINT NOT NULL,
  -- Counts the changes; the etag.
  revision        BIGINT NOT NULL,
  -- tuoyu.complaint.v1.Review, texts sealed.
  message         MEDIUMBLOB NOT NULL,
  PRIMARY KEY (id),
  -- One current review for each child and term.
  UNIQUE KEY review_pseudonym (pseudonym_index),
  UNIQUE KEY review_code (code_index),
  -- Serves the public list, the summary, and what the facility is told.
  KEY review_of_facility (facility_id, id),
  KEY review_public (facility_id, state, public_from),
  -- Serves the moderators.
  KEY review_state (state, id),
  -- Serves the clues.
  KEY review_lowest (state, lowest, id),
  CONSTRAINT review_scores CHECK (lowest BETWEEN 1 AND 5 AND safety BETWEEN 1 AND 5 AND care BETWEEN 1 AND 5 AND meals BETWEEN 1 AND 5
    AND communication BETWEEN 1 AND 5 AND fees BETWEEN 1 AND 5)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
