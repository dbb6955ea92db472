-- In which language an organization is invited; without one in its lead's.
ALTER TABLE partnership ADD COLUMN language TEXT;
-- Whom the receiver of a mail answers; nobody if it is empty.
ALTER TABLE mail ADD COLUMN reply_to TEXT NOT NULL DEFAULT '';
-- Whether somebody is sending it now.
ALTER TABLE mail ADD COLUMN claimed INTEGER NOT NULL DEFAULT 0;
