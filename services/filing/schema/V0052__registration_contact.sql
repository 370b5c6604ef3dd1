-- Contacts (联系记录) with registered organisations that have not filed.
CREATE TABLE IF NOT EXISTS registration_contact (
  registration_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- UUIDv7: in order of time.
  id              CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- tuoyu.filing.v1.RegistrationContact.
  message         BLOB NOT NULL,
  -- Serves the contacts of a registration, and finds the last one.
  PRIMARY KEY (registration_id, id),
  CONSTRAINT registration_contact_of FOREIGN KEY (registration_id) REFERENCES registration (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
