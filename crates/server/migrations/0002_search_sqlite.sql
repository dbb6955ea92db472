-- Full text over tickets. The first word of every row is the company's, so that a search never leaves it.
CREATE VIRTUAL TABLE ticket_search USING fts5(words, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2', prefix='2 3');
