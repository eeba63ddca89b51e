-- Version 2: what persons put right, and what of it holds.

-- The log of corrections. Entries are added at its end and not changed; only `dateline forget` takes out of them
-- what a report that is taken out carried.
CREATE TABLE corrections (
  number     INTEGER PRIMARY KEY,  -- its place in the log
  correction TEXT NOT NULL UNIQUE, -- its id, made of all that follows
  who        TEXT NOT NULL,
  "when"     TEXT NOT NULL,        -- as the person gave it, ISO 8601
  why        TEXT NOT NULL,
  does       TEXT NOT NULL,        -- merge, split, reject, set, unset, same-entity, dependent, undo, forgotten
  line       TEXT NOT NULL         -- the entry as `dateline correct FILE log` prints it
);

-- What the last build made of each.
CREATE TABLE correction_outcomes (
  correction TEXT PRIMARY KEY,
  standing   TEXT NOT NULL, -- holds, idle, set-aside, undone, forgotten
  reason     TEXT NOT NULL  -- why it does not hold, or changes nothing; empty where it holds
);

-- The events that corrections changed.
CREATE TABLE event_corrections (
  event      TEXT NOT NULL, -- events.event
  correction TEXT NOT NULL, -- corrections.correction
  field      TEXT           -- the field that it set or unset
);
CREATE INDEX event_corrections_by_event ON event_corrections (event);

-- What comparing all reports found before any correction, so that a correction need not compare them again.
CREATE TABLE comparison (
  part  TEXT PRIMARY KEY,
  value BLOB NOT NULL -- zstd of JSON
);

-- Ids of the corrections that set the field, parted by a space; null where no person did.
ALTER TABLE claims ADD COLUMN set_by TEXT;

-- What persons changed, and where.
CREATE VIEW corrected AS
SELECT e.number, e.event, e.title, c.does, x.field, c.who, c."when", c.why, c.correction
FROM event_corrections x JOIN events e ON e.event = x.event JOIN corrections c ON c.correction = x.correction;

-- The events are to be made anew: their lines say more now.
UPDATE state SET value = 'stale' WHERE name = 'record';
