-- Every word begins with its company and whether the ticket is open, so that a search reads only its own part of the index,
-- however many companies and years lie beside it. The program fills it when it starts.
-- Without fastupdate: a list of what is not yet in the index would be read by every search.
DELETE FROM ticket_search;
DROP INDEX ticket_search_words;
CREATE INDEX ticket_search_words ON ticket_search USING GIN (words) WITH (fastupdate = off);
-- Nor does any list need all tickets by activity: open ones and done ones are read apart.
DROP INDEX ticket_by_activity_all;
-- And what one customer or one queue has is found at once among the many of the others.
CREATE INDEX ticket_of_organization ON ticket (company_id, organization_id, is_open, activity_at, id);
CREATE INDEX ticket_of_queue ON ticket (company_id, queue_id, is_open, activity_at, id);
