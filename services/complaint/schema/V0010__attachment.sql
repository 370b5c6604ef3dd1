-- Files of cases (投诉举报附件).
CREATE TABLE IF NOT EXISTS attachment (
  id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  case_id        CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Who sent it; empty for an officer.
  complainant_id VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Whether all bytes are there and are what they claim to be.
  whole          TINYINT NOT NULL,
  -- When its first bytes came.
  begun_at       DATETIME(6) NOT NULL,
  -- tuoyu.complaint.v1.Attachment, sealed.
  message        BLOB NOT NULL,
  PRIMARY KEY (id),
  -- Serves the files of a case in order of time, and how many a sender has there.
  KEY attachment_of_case (case_id, begun_at, id),
  -- Serves the deletion of what was never finished.
  KEY attachment_unfinished (whole, begun_at),
  CONSTRAINT attachment_case FOREIGN KEY (case_id) REFERENCES complaint_case (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
