-- The bytes of the files in the pieces they came in. Scans show persons and their ids, so each piece is sealed.
CREATE TABLE IF NOT EXISTS material_chunk (
  upload_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Offset of the first byte, and the number of bytes before sealing.
  start     BIGINT NOT NULL,
  size      INT NOT NULL,
  -- Keyed digest of the bytes, to tell a repeated piece from another one.
  digest    BINARY(32) NOT NULL,
  data      MEDIUMBLOB NOT NULL,
  -- Serves reading a file, whole or in part, in order.
  PRIMARY KEY (upload_id, start),
  CONSTRAINT material_chunk_of FOREIGN KEY (upload_id) REFERENCES material_upload (id) ON DELETE CASCADE,
  CONSTRAINT material_chunk_size CHECK (size > 0 AND start >= 0)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
