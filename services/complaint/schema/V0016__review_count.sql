-- The means of each facility's reviews as they were made last: they are told until five reviews more are public, not review by review.
CREATE TABLE IF NOT EXISTS review_count (
  facility_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.complaint.v1.ReviewCount.
  message     MEDIUMBLOB NOT NULL,
  PRIMARY KEY (facility_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
