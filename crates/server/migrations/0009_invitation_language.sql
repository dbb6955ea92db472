-- In which language an organization is invited; without one in its lead's.
ALTER TABLE partnership ADD COLUMN language TEXT;
