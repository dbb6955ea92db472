-- The schema, in SQLite's words; the db crate translates it for PostgreSQL.
-- Instants are microseconds since 1970 in UTC, money is minor units, hours are hundredths, yes/no is 1/0.
-- Every row of work carries the company it belongs to; two companies share `partnership`,
-- `outsourcing` and what hangs on it (`round_move`, `link`, `crossing`), and nothing else.

CREATE TABLE company (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  currency TEXT NOT NULL,
  accept_hours INTEGER NOT NULL,
  default_queue INTEGER,
  agreement_by INTEGER,
  agreement_name TEXT,
  agreement_at INTEGER,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company(id),
  email TEXT NOT NULL UNIQUE,
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  phone TEXT NOT NULL,
  password_hash TEXT NOT NULL,
  security TEXT NOT NULL,
  outsourcing TEXT NOT NULL,
  operator INTEGER NOT NULL,
  active INTEGER NOT NULL,
  language TEXT,
  theme TEXT NOT NULL,
  time_zone TEXT,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX person_by_name ON person (company_id, last_name, first_name, id);

CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person(id),
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL
) STRICT;
CREATE INDEX session_by_person ON session (person_id);
CREATE INDEX session_by_seen ON session (seen_at);

CREATE TABLE throttle (
  name TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  blocked_until INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX throttle_by_age ON throttle (updated_at);

CREATE TABLE queue (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company(id),
  name TEXT NOT NULL,
  UNIQUE (company_id, name)
) STRICT;

CREATE TABLE organization (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company(id),
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  kind TEXT NOT NULL,
  phone TEXT NOT NULL,
  address TEXT NOT NULL,
  postal_code TEXT NOT NULL,
  city TEXT NOT NULL,
  country TEXT NOT NULL,
  web TEXT NOT NULL,
  tax_id TEXT NOT NULL,
  owner_id INTEGER NOT NULL REFERENCES person(id),
  active INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX organization_by_name ON organization (company_id, name_key, id);

CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company(id),
  organization_id INTEGER NOT NULL REFERENCES organization(id),
  first_name TEXT NOT NULL,
  last_name TEXT NOT NULL,
  email TEXT NOT NULL,
  phone TEXT NOT NULL,
  is_primary INTEGER NOT NULL,
  active INTEGER NOT NULL,
  redacted INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE INDEX contact_by_organization ON contact (organization_id, last_name, first_name, id);
CREATE UNIQUE INDEX contact_one_primary ON contact (organization_id) WHERE is_primary = 1 AND active = 1;

CREATE TABLE ticket_counter (
  company_id INTEGER NOT NULL REFERENCES company(id),
  day TEXT NOT NULL,
  last INTEGER NOT NULL,
  PRIMARY KEY (company_id, day)
) STRICT;

CREATE TABLE ticket (
  id INTEGER PRIMARY KEY,
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
CREATE INDEX ticket_by_activity ON ticket (company_id, is_open, activity_at, id);
CREATE INDEX ticket_by_activity_all ON ticket (company_id, activity_at, id);
CREATE INDEX ticket_by_status ON ticket (company_id, status, activity_at, id);
CREATE INDEX ticket_by_due ON ticket (company_id, is_open, due_order, id);
CREATE INDEX ticket_by_priority ON ticket (company_id, is_open, priority, id);
CREATE INDEX ticket_by_number ON ticket (company_id, is_open, id);
CREATE INDEX ticket_by_organization ON ticket (organization_id, is_open, id);
CREATE INDEX ticket_by_person ON ticket (company_id, primary_person, is_open, activity_at, id);

-- One stream per ticket: notes, time entries, charges and files are items with a part of their own each.
CREATE TABLE item (
  id INTEGER PRIMARY KEY,
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
CREATE INDEX item_by_ticket ON item (ticket_id, id);

CREATE TABLE time_entry (
  item_id INTEGER NOT NULL PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  company_id INTEGER NOT NULL REFERENCES company(id),
  worked_on TEXT NOT NULL,
  start_minute INTEGER,
  end_minute INTEGER,
  worked INTEGER NOT NULL,
  deduct INTEGER NOT NULL,
  billable INTEGER NOT NULL,
  rate INTEGER,
  currency TEXT,
  internal_note TEXT NOT NULL
) STRICT;

CREATE TABLE charge (
  item_id INTEGER NOT NULL PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  company_id INTEGER NOT NULL REFERENCES company(id),
  charged_on TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  currency TEXT NOT NULL,
  unit_cost INTEGER NOT NULL,
  unit_price INTEGER NOT NULL,
  billable INTEGER NOT NULL,
  outsourcing_id INTEGER
) STRICT;

CREATE TABLE attachment (
  item_id INTEGER NOT NULL PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
  company_id INTEGER NOT NULL REFERENCES company(id),
  kind TEXT NOT NULL,
  file_name TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  content_key TEXT,
  url TEXT
) STRICT;
CREATE INDEX attachment_by_content ON attachment (content_key);

CREATE TABLE invitation_text (
  company_id INTEGER NOT NULL REFERENCES company(id),
  language TEXT NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (company_id, language)
) STRICT;

CREATE TABLE partnership (
  id INTEGER PRIMARY KEY,
  lead_company INTEGER NOT NULL REFERENCES company(id),
  organization_id INTEGER NOT NULL REFERENCES organization(id),
  partner_company INTEGER REFERENCES company(id),
  status TEXT NOT NULL,
  contact_id INTEGER REFERENCES contact(id),
  email TEXT NOT NULL,
  token_hash TEXT UNIQUE,
  expires_at INTEGER,
  invited_at INTEGER,
  invited_by INTEGER REFERENCES person(id),
  invited_name TEXT NOT NULL,
  responded_at INTEGER,
  outsourced_at INTEGER,
  version INTEGER NOT NULL,
  UNIQUE (lead_company, organization_id)
) STRICT;
CREATE UNIQUE INDEX partnership_once ON partnership (lead_company, partner_company) WHERE partner_company IS NOT NULL;
CREATE INDEX partnership_recent ON partnership (lead_company, status, outsourced_at);
CREATE INDEX partnership_of_partner ON partnership (partner_company, lead_company);

CREATE TABLE partnership_move (
  id INTEGER PRIMARY KEY,
  partnership_id INTEGER NOT NULL REFERENCES partnership(id),
  at INTEGER NOT NULL,
  move TEXT NOT NULL,
  to_status TEXT NOT NULL,
  company_id INTEGER REFERENCES company(id),
  person_name TEXT NOT NULL
) STRICT;
CREATE INDEX partnership_move_by_partnership ON partnership_move (partnership_id, id);

-- Which own organization stands for a lead partner at the service partner (section 11.2).
CREATE TABLE lead_mapping (
  company_id INTEGER NOT NULL REFERENCES company(id),
  lead_company INTEGER NOT NULL REFERENCES company(id),
  organization_id INTEGER NOT NULL REFERENCES organization(id),
  created_at INTEGER NOT NULL,
  PRIMARY KEY (company_id, lead_company)
) STRICT;

-- One round: parties, terms, status. Shared by both companies, so nothing internal stands here.
CREATE TABLE outsourcing (
  id INTEGER PRIMARY KEY,
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
  version INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX outsourcing_one_live ON outsourcing (lead_ticket)
  WHERE status IN ('unsent', 'assigned', 'accepted', 'in_progress', 'waiting_approval');
CREATE INDEX outsourcing_by_ticket ON outsourcing (lead_ticket, id);
CREATE UNIQUE INDEX outsourcing_by_partner_ticket ON outsourcing (partner_ticket);
CREATE INDEX outsourcing_of_lead ON outsourcing (lead_company, status, since, id);
CREATE INDEX outsourcing_of_partner ON outsourcing (partner_company, status, since, id);
CREATE INDEX outsourcing_due ON outsourcing (status, accept_by);

-- What the lead bills its customer. Never leaves the lead, hence a table of its own.
CREATE TABLE outsourcing_billing (
  outsourcing_id INTEGER NOT NULL PRIMARY KEY REFERENCES outsourcing(id) ON DELETE CASCADE,
  company_id INTEGER NOT NULL REFERENCES company(id),
  billing_rate INTEGER,
  work_type TEXT NOT NULL
) STRICT;

CREATE TABLE round_move (
  id INTEGER PRIMARY KEY,
  outsourcing_id INTEGER NOT NULL REFERENCES outsourcing(id) ON DELETE CASCADE,
  at INTEGER NOT NULL,
  move TEXT NOT NULL,
  to_status TEXT NOT NULL,
  side TEXT NOT NULL,
  person_name TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX round_move_by_round ON round_move (outsourcing_id, id);

-- An item that crossed and its copy. The copy's row is the other company's own.
CREATE TABLE link (
  id INTEGER PRIMARY KEY,
  outsourcing_id INTEGER NOT NULL REFERENCES outsourcing(id),
  from_side TEXT NOT NULL,
  origin_item INTEGER NOT NULL,
  copy_item INTEGER NOT NULL UNIQUE,
  state TEXT NOT NULL,
  revision INTEGER NOT NULL,
  UNIQUE (outsourcing_id, origin_item)
) STRICT;
CREATE INDEX link_by_origin ON link (origin_item);

-- Append-only: what crossed, in which direction, when.
CREATE TABLE crossing (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  outsourcing_id INTEGER NOT NULL REFERENCES outsourcing(id),
  at INTEGER NOT NULL,
  from_side TEXT NOT NULL,
  change TEXT NOT NULL,
  kind TEXT NOT NULL,
  copy_kind TEXT NOT NULL,
  origin_item INTEGER NOT NULL,
  origin_revision INTEGER NOT NULL,
  copy_item INTEGER NOT NULL,
  person_name TEXT NOT NULL,
  content TEXT NOT NULL,
  UNIQUE (outsourcing_id, origin_item, origin_revision, change)
) STRICT;
CREATE INDEX crossing_by_round ON crossing (outsourcing_id, id);
CREATE INDEX crossing_by_origin ON crossing (outsourcing_id, origin_item, id);

CREATE TABLE mail (
  id INTEGER PRIMARY KEY,
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
  sent_at INTEGER
) STRICT;
CREATE INDEX mail_due ON mail (state, next_at, id);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  company_id INTEGER NOT NULL REFERENCES company(id),
  at INTEGER NOT NULL,
  person_id INTEGER,
  person_name TEXT NOT NULL,
  ip TEXT NOT NULL,
  action TEXT NOT NULL,
  about TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_company ON audit (company_id, id);
