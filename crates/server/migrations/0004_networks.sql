-- Networks and vendors: to them a ticket is handed one-way. All of it belongs to one company, so it stands apart
-- from `outsourcing`, which two companies share.

CREATE TABLE network (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company(id),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  organization_id INTEGER NOT NULL REFERENCES organization(id),
  action TEXT NOT NULL,
  language TEXT NOT NULL,
  recipients TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  link TEXT NOT NULL,
  active INTEGER NOT NULL,
  used_at INTEGER,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  UNIQUE (company_id, name_key)
) STRICT;

-- One row per one-way round, with what left: the letter or the link as it was.
CREATE TABLE network_round (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  company_id INTEGER NOT NULL REFERENCES company(id),
  ticket_id INTEGER NOT NULL REFERENCES ticket(id),
  network_id INTEGER NOT NULL REFERENCES network(id),
  network_name TEXT NOT NULL,
  action TEXT NOT NULL,
  status TEXT NOT NULL,
  since INTEGER NOT NULL,
  message TEXT NOT NULL,
  recipients TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  link TEXT NOT NULL,
  -- What the lead bills its customer. Never leaves the lead.
  billing_rate INTEGER,
  currency TEXT NOT NULL,
  work_type TEXT NOT NULL,
  sent_by INTEGER REFERENCES person(id),
  sent_name TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  ended_at INTEGER,
  reason TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX network_round_one_live ON network_round (ticket_id) WHERE status = 'assigned';
CREATE INDEX network_round_by_ticket ON network_round (ticket_id, id);
CREATE INDEX network_round_of_company ON network_round (company_id, status, since, id);

CREATE TABLE network_round_move (
  id INTEGER PRIMARY KEY,
  network_round_id INTEGER NOT NULL REFERENCES network_round(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  move TEXT NOT NULL,
  to_status TEXT NOT NULL,
  person_name TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX network_round_move_by_round ON network_round_move (network_round_id, id);
