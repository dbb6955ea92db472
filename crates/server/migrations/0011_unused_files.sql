-- Files in the store that no row names, and since when that has been known. The content is removed a day later: a backup
-- of the database that still names it, or a program that was started with the wrong database, has that long.
CREATE TABLE unused_file (
  content_key TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT;
