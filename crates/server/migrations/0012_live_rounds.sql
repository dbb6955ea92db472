-- What somebody has sent and has not ended is few of many: the list that the dashboard opens on.
CREATE INDEX outsourcing_live_of_lead ON outsourcing (lead_company, sent_by, since, id, status)
  WHERE status IN ('unsent', 'assigned', 'accepted', 'in_progress', 'waiting_approval');
