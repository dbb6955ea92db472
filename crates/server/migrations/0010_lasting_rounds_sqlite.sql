-- What 0003 did for `ticket` and `item`, for the other tables whose rows can be deleted and whose numbers stand
-- elsewhere: rounds in bundles, items, the audit, letters and addresses; mails with the job that is sending them; saved
-- views in the addresses of pages that are open. PostgreSQL never used a number again.

CREATE TABLE outsourcing_anew (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT NOT NULL UNIQUE,
  lead_company INTEGER NOT NULL REFERENCES company(id),
  lead_name TEXT NOT NULL,
  lead_ticket INTEGER NOT NULL REFERENCES ticket(id),
  partner_company INTEGER NOT NULL REFERENCES company(id),
  partner_name TEXT NOT NULL,
  partner_ticket INTEGER REFERENCES ticket(id),
  partnership_id INTEGER NOT NULL REFERENCES partnership(id),
  status TEXT NOT NULL,
  since INTEGER NOT NULL,
  accept_by INTEGER NOT NULL,
  due_at INTEGER,
  rate_type TEXT NOT NULL,
  currency TEXT NOT NULL,
  authorized_charge INTEGER NOT NULL,
  authorized_hours INTEGER,
  instructions TEXT NOT NULL,
  share TEXT NOT NULL,
  snapshot TEXT NOT NULL,
  reason TEXT NOT NULL,
  sent_by INTEGER REFERENCES person(id),
  sent_name TEXT NOT NULL,
  sent_at INTEGER,
  accepted_at INTEGER,
  reported_at INTEGER,
  ended_at INTEGER,
  reminded INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL,
  -- What an offer is called before the partner has a ticket of its own, so that lists can find and order it.
  offer_title TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(snapshot) THEN snapshot ->> '$.title' END) VIRTUAL,
  offer_priority TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(snapshot) THEN snapshot ->> '$.priority' END) VIRTUAL
) STRICT;
-- Generated columns cannot be written, so the others are named.
INSERT INTO outsourcing_anew (id, public_id, lead_company, lead_name, lead_ticket, partner_company, partner_name,
    partner_ticket, partnership_id, status, since, accept_by, due_at, rate_type, currency, authorized_charge,
    authorized_hours, instructions, share, snapshot, reason, sent_by, sent_name, sent_at, accepted_at, reported_at,
    ended_at, reminded, created_at, version)
  SELECT id, public_id, lead_company, lead_name, lead_ticket, partner_company, partner_name,
    partner_ticket, partnership_id, status, since, accept_by, due_at, rate_type, currency, authorized_charge,
    authorized_hours, instructions, share, snapshot, reason, sent_by, sent_name, sent_at, accepted_at, reported_at,
    ended_at, reminded, created_at, version FROM outsourcing;
DROP TABLE outsourcing;
ALTER TABLE outsourcing_anew RENAME TO outsourcing;
CREATE UNIQUE INDEX outsourcing_one_live ON outsourcing (lead_ticket)
  WHERE status IN ('unsent', 'assigned', 'accepted', 'in_progress', 'waiting_approval');
CREATE INDEX outsourcing_by_ticket ON outsourcing (lead_ticket, id);
CREATE UNIQUE INDEX outsourcing_by_partner_ticket ON outsourcing (partner_ticket);
CREATE INDEX outsourcing_of_lead ON outsourcing (lead_company, status, since, id);
CREATE INDEX outsourcing_of_partner ON outsourcing (partner_company, status, since, id);
CREATE INDEX outsourcing_due ON outsourcing (status, accept_by);
-- Numbers that others know and whose rounds are gone are spoken for, too. The counter has its row by now, even if no round
-- was copied.
UPDATE sqlite_sequence
   SET seq = MAX(seq,
                 (SELECT COALESCE(MAX(subject_id), 0) FROM audit WHERE subject = 'round'),
                 (SELECT COALESCE(MAX(born_round), 0) FROM item),
                 (SELECT COALESCE(MAX(outsourcing_id), 0) FROM charge))
 WHERE name = 'outsourcing';

CREATE TABLE network_round_anew (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
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
INSERT INTO network_round_anew SELECT * FROM network_round;
DROP TABLE network_round;
ALTER TABLE network_round_anew RENAME TO network_round;
CREATE UNIQUE INDEX network_round_one_live ON network_round (ticket_id) WHERE status = 'assigned';
CREATE INDEX network_round_by_ticket ON network_round (ticket_id, id);
CREATE INDEX network_round_of_company ON network_round (company_id, status, since, id);
CREATE INDEX network_round_by_time ON network_round (company_id, since, id);

CREATE TABLE mail_anew (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  company_id INTEGER REFERENCES company(id),
  kind TEXT NOT NULL,
  to_address TEXT NOT NULL,
  to_name TEXT NOT NULL,
  language TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  html TEXT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  next_at INTEGER NOT NULL,
  error TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  sent_at INTEGER,
  reply_to TEXT NOT NULL DEFAULT '',
  claimed INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO mail_anew SELECT * FROM mail;
DROP TABLE mail;
ALTER TABLE mail_anew RENAME TO mail;
CREATE INDEX mail_due ON mail (state, next_at, id);

CREATE TABLE saved_view_anew (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company_id INTEGER NOT NULL REFERENCES company(id),
  person_id INTEGER NOT NULL REFERENCES person(id),
  door TEXT NOT NULL,
  name TEXT NOT NULL,
  query TEXT NOT NULL,
  is_start INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (person_id, door, name)
) STRICT;
INSERT INTO saved_view_anew SELECT * FROM saved_view;
DROP TABLE saved_view;
ALTER TABLE saved_view_anew RENAME TO saved_view;
CREATE UNIQUE INDEX saved_view_one_start ON saved_view (person_id, door) WHERE is_start = 1;
