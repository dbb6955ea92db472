-- What is with networks is a list of the dashboard; with all its statuses it is read from the newest on.
CREATE INDEX network_round_by_time ON network_round (company_id, since, id);
