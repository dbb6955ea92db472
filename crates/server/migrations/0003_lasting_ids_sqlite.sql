-- SQLite gives the number of the last row, once deleted, to the next row. A crossing names its item for good, a letter
-- its ticket: their numbers must never be used again. PostgreSQL never did.

CREATE TABLE ticket_anew (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company_id INTEGER NOT NULL REFERENCES company(id),
  number TEXT NOT NULL,
  title TEXT NOT NULL,
  description TEXT NOT NULL,
  status TEXT NOT NULL,
  is_open INTEGER NOT NULL,
  priority INTEGER NOT NULL,
  queue_id INTEGER NOT NULL REFERENCES queue(id),
  source TEXT NOT NULL,
  organization_id INTEGER NOT NULL REFERENCES organization(id),
  contact_id INTEGER REFERENCES contact(id),
  primary_person INTEGER REFERENCES person(id),
  due_at INTEGER,
  -- `due_at`, or the end of time, so that one index serves the order with open ends last.
  due_order INTEGER NOT NULL,
  site TEXT NOT NULL,
  device TEXT NOT NULL,
  outsourced_to TEXT,
  outsource_status TEXT,
  insourced_from TEXT,
  insource_status TEXT,
  ever_accepted INTEGER NOT NULL,
  created_by INTEGER REFERENCES person(id),
  created_at INTEGER NOT NULL,
  activity_at INTEGER NOT NULL,
  completed_at INTEGER,
  version INTEGER NOT NULL,
  UNIQUE (company_id, number)
) STRICT;
INSERT INTO ticket_anew SELECT * FROM ticket;
DROP TABLE ticket;
ALTER TABLE ticket_anew RENAME TO ticket;
CREATE INDEX ticket_by_activity ON ticket (company_id, is_open, activity_at, id);
CREATE INDEX ticket_by_activity_all ON ticket (company_id, activity_at, id);
CREATE INDEX ticket_by_status ON ticket (company_id, status, activity_at, id);
CREATE INDEX ticket_by_due ON ticket (company_id, is_open, due_order, id);
CREATE INDEX ticket_by_priority ON ticket (company_id, is_open, priority, id);
CREATE INDEX ticket_by_number ON ticket (company_id, is_open, id);
CREATE INDEX ticket_by_organization ON ticket (organization_id, is_open, id);
CREATE INDEX ticket_by_person ON ticket (company_id, primary_person, is_open, activity_at, id);

CREATE TABLE item_anew (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company_id INTEGER NOT NULL REFERENCES company(id),
  ticket_id INTEGER NOT NULL REFERENCES ticket(id),
  kind TEXT NOT NULL,
  publish TEXT NOT NULL,
  title TEXT NOT NULL,
  body TEXT NOT NULL,
  message TEXT,
  author_id INTEGER REFERENCES person(id),
  author_name TEXT NOT NULL,
  born_round INTEGER,
  is_copy INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  edited_at INTEGER
) STRICT;
INSERT INTO item_anew SELECT * FROM item;
DROP TABLE item;
ALTER TABLE item_anew RENAME TO item;
CREATE INDEX item_by_ticket ON item (ticket_id, id);
-- Numbers that crossings know and whose items are gone are spoken for, too.
UPDATE sqlite_sequence
   SET seq = MAX(seq, (SELECT COALESCE(MAX(origin_item), 0) FROM crossing), (SELECT COALESCE(MAX(copy_item), 0) FROM crossing))
 WHERE name = 'item';
