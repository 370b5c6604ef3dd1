-- Registrations (登记信息) the registrars pushed: one row a record of theirs, what holds now.
CREATE TABLE IF NOT EXISTS registration (
  id             CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  source_system  VARCHAR(100) COLLATE utf8mb4_bin NOT NULL,
  source_id      VARCHAR(200) COLLATE utf8mb4_bin NOT NULL,
  uscc           VARCHAR(18) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- Code of the unit that pushed it.
  unit           VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  registrar      TINYINT UNSIGNED NOT NULL,
  state          TINYINT UNSIGNED NOT NULL,
  registered_on  DATE NOT NULL,
  -- Town, street or district: the row scope of officers.
  division_code  VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  -- The scope states childcare.
  childcare      TINYINT UNSIGNED NOT NULL,
  -- Day on which it comes back to the worklist; 1000-01-01 when it was not put off.
  off_list_until DATE NOT NULL,
  -- Counts the changes; the etag.
  revision       BIGINT NOT NULL,
  -- tuoyu.filing.v1.Registration, personal fields sealed.
  message        BLOB NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY registration_source (source_system, source_id),
  KEY registration_by_uscc (uscc, id),
  -- ListRegistrations of a unit's own.
  KEY registration_of_unit (unit, id),
  -- The worklist of what has not filed, the longest registered first, with all it is filtered by.
  KEY registration_unfiled
    (state, registered_on, id, division_code, registrar, childcare, off_list_until, uscc),
  CONSTRAINT registration_state_known CHECK (state BETWEEN 1 AND 3),
  CONSTRAINT registration_registrar_known CHECK (registrar BETWEEN 1 AND 3)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
