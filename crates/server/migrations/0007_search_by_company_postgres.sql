-- Every word begins with its company and whether the ticket is open, so that a search reads only its own part of the index,
-- however many companies and years lie beside it. The program fills it when it starts.
-- Without fastupdate: a list of what is not yet in the index would be read by every search.
DELETE FROM ticket_search;
DROP INDEX ticket_search_words;
CREATE INDEX ticket_search_words ON ticket_search USING GIN (words) WITH (fastupdate = off);
-- Nor does any list need all tickets by activity: open ones and done ones are read apart.
DROP INDEX ticket_by_activity_all;
