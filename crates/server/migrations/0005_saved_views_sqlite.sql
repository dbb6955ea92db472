-- A list with its filters, order and columns, kept under a name by one person; nobody else sees it.
CREATE TABLE saved_view (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company(id),
  person_id INTEGER NOT NULL REFERENCES person(id),
  door TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  is_start INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (person_id, door, name)
) STRICT;
CREATE UNIQUE INDEX saved_view_one_start ON saved_view (person_id, door) WHERE is_start = 1;

-- The columns a person wants to see on the lists of one direction.
CREATE TABLE chosen_columns (
  person_id INTEGER NOT NULL REFERENCES person(id),
  company_id INTEGER NOT NULL REFERENCES company(id),
  side TEXT NOT NULL,
  columns TEXT NOT NULL,
  PRIMARY KEY (person_id, side)
) STRICT;

-- What an offer is called before the partner has a ticket of its own, so that lists can find and order it.
ALTER TABLE outsourcing ADD COLUMN offer_title TEXT
  GENERATED ALWAYS AS (CASE WHEN json_valid(snapshot) THEN snapshot ->> '$.title' END) VIRTUAL;
ALTER TABLE outsourcing ADD COLUMN offer_priority TEXT
  GENERATED ALWAYS AS (CASE WHEN json_valid(snapshot) THEN snapshot ->> '$.priority' END) VIRTUAL;

-- What an act is about: the noun of its key (`audit-round-send`: round), and the row it happened to, if it has one.
ALTER TABLE audit ADD COLUMN noun TEXT
  GENERATED ALWAYS AS (substr(action, 7, instr(substr(action, 7) || '-', '-') - 1)) VIRTUAL;
ALTER TABLE audit ADD COLUMN subject TEXT NOT NULL DEFAULT '';
ALTER TABLE audit ADD COLUMN subject_id INTEGER;
DROP INDEX audit_by_company;
CREATE INDEX audit_by_time ON audit (company_id, at, id);
CREATE INDEX audit_by_noun ON audit (company_id, noun, at, id);
CREATE INDEX audit_by_person ON audit (company_id, person_id, at, id);
