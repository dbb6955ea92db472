-- A letter that waits until it has been quiet for a while: the other side is told of items that crossed (M6).
-- It tells of every crossing of the round in its direction from `first_crossing` on.
CREATE TABLE digest (
  outsourcing_id INTEGER NOT NULL REFERENCES outsourcing(id),
  to_side TEXT NOT NULL,
  first_crossing INTEGER NOT NULL,
  first_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (outsourcing_id, to_side)
) STRICT;
CREATE INDEX digest_by_due ON digest (due_at);
