-- Every word begins with its company and whether the ticket is open, so that a search reads only its own part of the index,
-- however many companies and years lie beside it. Short prefixes need no index of their own any more. The program fills
-- it when it starts.
DROP TABLE ticket_search;
CREATE VIRTUAL TABLE ticket_search USING fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2');
-- Nor does any list need all tickets by activity: open ones and done ones are read apart.
DROP INDEX ticket_by_activity_all;
