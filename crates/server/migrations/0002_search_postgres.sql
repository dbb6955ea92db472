-- Full text over tickets. The first word of every row is the company's, so that a search never leaves it.
CREATE TABLE ticket_search (
  rowid BIGINT PRIMARY KEY,
  words TSVECTOR NOT NULL
);
CREATE INDEX ticket_search_words ON ticket_search USING GIN (words);
