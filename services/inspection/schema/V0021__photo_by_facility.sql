-- Whether the facility sent it: each side has photos of its own, so that none uses up the other's.
ALTER TABLE photo ADD COLUMN IF NOT EXISTS by_facility TINYINT NOT NULL DEFAULT 0;
