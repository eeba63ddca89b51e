-- The record as one SQLite file: plain tables, built-in tokenizers. Opens in sqlite3 3.40, Datasette, DuckDB.
-- Offsets called "start" and "end" count Unicode code points, "end" not included.

-- What is so of the file as a whole.
CREATE TABLE state (
  name  TEXT PRIMARY KEY, -- 'record': with which version the events were made; 'stale' while they are not those of the reports
  value TEXT NOT NULL
);

-- Each run of `dateline build`. No clock: the same input gives the same file.
CREATE TABLE builds (
  build     INTEGER PRIMARY KEY,
  version   TEXT NOT NULL,    -- of Dateline
  captures  INTEGER NOT NULL, -- read in this run
  set_aside INTEGER NOT NULL, -- inputs that could not be read in this run
  articles  INTEGER NOT NULL, -- in the file after it
  events    INTEGER NOT NULL  -- in the file after it
);

-- Each page as it was had.
CREATE TABLE captures (
  capture    INTEGER PRIMARY KEY,
  id         TEXT NOT NULL,        -- the report's name as the input gives it
  key        TEXT NOT NULL UNIQUE, -- SHA-256 of id, bytes and all that came with them: what is known is not read again
  reading    TEXT NOT NULL,        -- with what it was read: version, model, dictionaries
  article    INTEGER,              -- the article found in it
  sha256     TEXT NOT NULL,        -- of the bytes
  media_type TEXT NOT NULL,        -- 'text/html' or 'text/plain'
  charset    TEXT NOT NULL,
  uri        TEXT,                 -- its address
  retrieved  TEXT,                 -- when it was fetched; never a day of publication
  file       TEXT NOT NULL,        -- the input it came from, as the user named it
  place      TEXT,                 -- where in that file: 'line 12'
  size       INTEGER NOT NULL,     -- of the bytes
  bytes      BLOB                  -- the bytes, zstd; null where only the reference is kept
);
CREATE INDEX captures_by_article ON captures (article);

-- Each report, cleaned.
CREATE TABLE articles (
  article         INTEGER PRIMARY KEY,
  id              TEXT NOT NULL, -- its name: the input's, with '#' and 8 digits where several texts bear one name
  given_id        TEXT NOT NULL, -- the input's
  text_sha256     TEXT NOT NULL, -- of its text
  capture_key     TEXT NOT NULL, -- of the capture it was read from
  uri             TEXT,
  publisher       TEXT,          -- the outlet, not the agency
  published       TEXT,          -- day or moment, ISO 8601
  published_basis TEXT,          -- what tells it: printed, metadata, url, supplied
  published_quote TEXT,          -- the words that say so
  language        TEXT,
  headline        TEXT,
  byline          TEXT,
  credits         TEXT,          -- agencies and outlets named as origin, JSON list
  words           INTEGER NOT NULL,
  story           TEXT,          -- id of the first report of its story
  text            TEXT NOT NULL, -- paragraphs parted by a blank line
  map             BLOB NOT NULL, -- stretches of the text and their bytes in the capture, zstd of JSON: [start, end, byte, byte, 'same' or 'decoded']
  findings        BLOB NOT NULL, -- all that `dateline annotate` prints of it, zstd of one line of JSON
  dossier         BLOB NOT NULL, -- what comparing reports needs of it, zstd of JSON
  UNIQUE (given_id, text_sha256)
);
CREATE INDEX articles_by_id ON articles (id);
CREATE INDEX articles_by_publisher ON articles (publisher, published);

-- Who is said to have said what.
CREATE TABLE statements (
  statement   INTEGER PRIMARY KEY,
  article     INTEGER NOT NULL REFERENCES articles (article) ON DELETE CASCADE,
  of          TEXT NOT NULL,    -- 'text' or 'headline': where the offsets count
  speaker     TEXT,             -- key of who says it; null where nothing tells
  source      TEXT,             -- the words that name the speaker
  cue         TEXT,             -- the words that make it a statement
  kind        TEXT NOT NULL,    -- direct, indirect or mixed
  content     TEXT NOT NULL,    -- what is said, as printed
  start       INTEGER NOT NULL, -- of the content's first stretch
  "end"       INTEGER NOT NULL, -- of its last
  spans       TEXT NOT NULL,    -- all stretches, JSON list of pairs
  reported_by TEXT,             -- through whom it came, from the speaker outwards, JSON list
  medium      TEXT,             -- phone, interview, statement …
  addressee   TEXT,             -- to whom
  reason      TEXT NOT NULL     -- why this speaker
);
CREATE INDEX statements_by_article ON statements (article);
CREATE INDEX statements_by_speaker ON statements (speaker);

-- What Dateline wants a reader of an article to know.
CREATE TABLE diagnostics (
  article  INTEGER NOT NULL REFERENCES articles (article) ON DELETE CASCADE,
  code     TEXT NOT NULL, -- a stable name
  severity TEXT NOT NULL, -- note, warning or error
  message  TEXT NOT NULL,
  quote    TEXT,
  hint     TEXT
);
CREATE INDEX diagnostics_by_article ON diagnostics (article);

-- Inputs that gave no article.
CREATE TABLE set_aside_inputs (
  file     TEXT NOT NULL,
  place    TEXT,
  code     TEXT NOT NULL,
  severity TEXT NOT NULL,
  message  TEXT NOT NULL,
  hint     TEXT
);

-- Each happening once, by time; those without a time last.
CREATE TABLE events (
  number               INTEGER PRIMARY KEY, -- its rank in time
  event                TEXT NOT NULL UNIQUE, -- its name, which stays
  title                TEXT NOT NULL, -- who did what to whom, from the codes
  type                 TEXT,          -- PLOVER
  mode                 TEXT,          -- PLOVER
  cameo                TEXT,          -- CAMEO; text, for its leading zero
  time                 TEXT,          -- day, moment, month, year, or a stretch A/B
  time_first           TEXT,          -- first day that it may be
  time_last            TEXT,          -- last day that it may be
  time_status          TEXT,          -- stated or inferred
  time_agreement       TEXT,          -- agreed, disputed or single
  place                TEXT,
  place_link           TEXT,          -- Wikidata or GeoNames
  participants         TEXT NOT NULL, -- names, parted by '; '
  accounts             INTEGER NOT NULL,
  independent_accounts INTEGER NOT NULL, -- of them, how many do not go back to another
  disputed             TEXT NOT NULL, -- fields on which accounts differ, parted by ', '; empty for none
  words                TEXT NOT NULL, -- all quotes that carry it, for search
  line                 TEXT NOT NULL  -- the event as `dateline export --format jsonl` prints it
);

-- Names that an event had in earlier builds.
CREATE TABLE event_names (
  name  TEXT PRIMARY KEY, -- the former name
  event TEXT NOT NULL     -- the event that now has most of its accounts
);

-- Each report's telling of an event.
CREATE TABLE accounts (
  account     INTEGER PRIMARY KEY,
  event       TEXT NOT NULL,    -- events.event
  article     TEXT NOT NULL,    -- articles.id
  publisher   TEXT,
  published   TEXT,
  origin      INTEGER NOT NULL, -- accounts of one event with the same origin go back to one source
  as_written  TEXT,             -- the words that tell when
  time        TEXT,             -- what they mean
  time_status TEXT              -- stated or inferred
);
CREATE INDEX accounts_by_event ON accounts (event);
CREATE INDEX accounts_by_article ON accounts (article);

-- Each value that reports give to a field of an event.
CREATE TABLE claims (
  claim                INTEGER PRIMARY KEY,
  event                TEXT NOT NULL,
  field                TEXT NOT NULL, -- time, place, participant, initiator, killed, wounded …
  role                 TEXT,          -- of a participant: actor, recipient, attendee
  value                TEXT NOT NULL, -- JSON
  shown                TEXT NOT NULL, -- the same for a reader
  entity               TEXT,          -- key of who is meant
  by                   TEXT,          -- whom the report gives the value to
  agreement            TEXT,          -- of the field: agreed, disputed, single
  relation             TEXT,          -- of disputed figures: update, scope, incompatible, far
  independent_accounts INTEGER
);
CREATE INDEX claims_by_event ON claims (event, field);

-- The proof: the words of a report that carry a claim or an account.
CREATE TABLE citations (
  citation INTEGER PRIMARY KEY,
  claim    INTEGER,       -- what it proves: a claim,
  account  INTEGER,       -- or that the report tells of the event at all
  article  TEXT NOT NULL, -- articles.id
  of       TEXT NOT NULL, -- 'text', 'headline', 'published'
  start    INTEGER,       -- null outside text and headline
  "end"    INTEGER,
  quote    TEXT NOT NULL  -- exactly the words there
);
CREATE INDEX citations_by_claim ON citations (claim);
CREATE INDEX citations_by_account ON citations (account);
CREATE INDEX citations_by_article ON citations (article);

-- Two reports that share text.
CREATE TABLE pairs (
  a        TEXT NOT NULL, -- articles.id
  b        TEXT NOT NULL, -- articles.id
  relation TEXT NOT NULL, -- copy, rewrite, quotation, independent
  earlier  TEXT,          -- id of the one that had it first; null where nothing tells
  PRIMARY KEY (a, b)
);

-- The passages that they share.
CREATE TABLE passages (
  a          TEXT NOT NULL,
  a_start    INTEGER NOT NULL,
  a_end      INTEGER NOT NULL,
  b          TEXT NOT NULL,
  b_start    INTEGER NOT NULL,
  b_end      INTEGER NOT NULL,
  similarity REAL NOT NULL, -- share of words that stand in both, in order
  kind       TEXT NOT NULL  -- prose, quotation or stock; only prose makes a report depend on another
);
CREATE INDEX passages_by_a ON passages (a);
CREATE INDEX passages_by_b ON passages (b);

-- Reports that are copies of one another.
CREATE TABLE clusters (
  cluster INTEGER NOT NULL,
  article TEXT NOT NULL,    -- articles.id
  origin  INTEGER NOT NULL, -- reports of a cluster with the same number go back to one
  first   TEXT,             -- the report that the others go back to, where something tells
  PRIMARY KEY (cluster, article)
);

-- Full text. `unicode61` is built in, so that every SQLite can search.
CREATE VIRTUAL TABLE articles_text USING fts5 (
  headline, text, publisher,
  content = 'articles', content_rowid = 'article', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statements_text USING fts5 (
  content, speaker, source,
  content = 'statements', content_rowid = 'statement', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE events_text USING fts5 (
  title, participants, place, words,
  content = 'events', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);

-- What happened, when, and how sure the pile is.
CREATE VIEW timeline AS
SELECT event, time, time_status, title, type, mode, place, accounts, independent_accounts, disputed
FROM events ORDER BY number;

-- Every value of every event with the words that carry it.
CREATE VIEW evidence AS
SELECT e.number, c.event, e.title, c.field, c.role, c.shown AS value, c.by, c.agreement,
       x.article, a.publisher, a.published, x.of, x.start, x."end", x.quote
FROM claims c JOIN events e ON e.event = c.event
JOIN citations x ON x.claim = c.claim
LEFT JOIN articles a ON a.id = x.article;

-- Where accounts differ: values side by side.
CREATE VIEW disputes AS
SELECT e.event, e.time, e.title, c.field, c.relation, c.shown AS value, c.by, c.independent_accounts
FROM claims c JOIN events e ON e.event = c.event
WHERE c.agreement = 'disputed';

-- Who said what, in which report.
CREATE VIEW said AS
SELECT s.statement, s.speaker, s.content, s.kind, s.medium, s.addressee, s.reported_by,
       a.id AS article, a.publisher, a.published, s.of, s.start, s."end"
FROM statements s JOIN articles a ON a.article = s.article;

-- The outlets: how much they wrote, when, and how much of it copies another report here.
CREATE VIEW publishers AS
SELECT a.publisher, count(*) AS reports, min(a.published) AS first, max(a.published) AS last,
       sum(EXISTS (SELECT 1 FROM pairs p WHERE p.relation IN ('copy', 'rewrite')
                   AND (p.a = a.id OR p.b = a.id) AND p.earlier IS NOT NULL AND p.earlier <> a.id)) AS carried
FROM articles a GROUP BY a.publisher;

-- The reports without their long columns.
CREATE VIEW reports AS
SELECT a.id, a.publisher, a.published, a.headline, a.words, a.story, a.uri, a.language,
       (SELECT count(*) FROM accounts t WHERE t.article = a.id) AS accounts
FROM articles a;
