-- Version 3: what comparing found, account by account, so that more can be added beside it.

-- Of which event each account is.
CREATE TABLE told (
  article INTEGER NOT NULL, -- articles.article
  account INTEGER NOT NULL, -- which of the report's accounts, from 0
  found   INTEGER NOT NULL, -- accounts with the same number were found to tell of one event, before any correction
  event   TEXT,             -- the event that it is of by now, events.event
  PRIMARY KEY (article, account)
) WITHOUT ROWID;
CREATE INDEX told_by_found ON told (found);

-- Reports with the same number go back to one text.
CREATE TABLE texts (
  article INTEGER PRIMARY KEY, -- articles.article
  text    INTEGER NOT NULL
);

-- The same as one packed line: an earlier form.
DROP TABLE comparison;

-- The first day that any account gives an event, '~' where none gives one: with the name it puts events in order.
-- Their numbers have that order too, and room between them.
ALTER TABLE events ADD COLUMN first_told TEXT NOT NULL DEFAULT '~';
CREATE INDEX events_in_order ON events (first_told, event, number);

-- Reports that were not compared yet, the outlets' newest, what is known, and copies of a report: found without
-- going through all.
CREATE INDEX articles_not_compared ON articles (article) WHERE story IS NULL;
CREATE INDEX captures_by_reading ON captures (reading, key);
CREATE INDEX clusters_by_article ON clusters (article);

-- What a timeline needs of events, and who takes part in them, beside each other: a page of the file has few events
-- with all that is told of them.
CREATE INDEX events_lightly ON events (number, event, title, type, mode, cameo, time, time_first, time_last,
  time_status, time_agreement, place, accounts, independent_accounts, disputed);
CREATE INDEX claims_of_participants ON claims (claim, event, entity, shown, role, field)
  WHERE field = 'participant' AND entity IS NOT NULL;
DROP INDEX accounts_by_event;
CREATE INDEX accounts_by_event ON accounts (event, publisher);

-- The events are to be made anew: what they were made of is kept otherwise now.
UPDATE state SET value = 'stale' WHERE name = 'record';
DELETE FROM state WHERE name = 'events';
