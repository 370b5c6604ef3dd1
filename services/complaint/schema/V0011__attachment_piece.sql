-- The bytes of attachments in the pieces they came in. A picture may tell who took it, so each piece is sealed.
CREATE TABLE IF NOT EXISTS attachment_piece (
  attachment_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Offset of the first byte, and the number of bytes before sealing.
  start         BIGINT NOT NULL,
  size          INT NOT NULL,
  -- Keyed digest of the bytes.
  digest        BINARY(32) NOT NULL,
  data          MEDIUMBLOB NOT NULL,
  PRIMARY KEY (attachment_id, start),
  CONSTRAINT attachment_piece_of FOREIGN KEY (attachment_id) REFERENCES attachment (id) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
