//! Who carries whose text: pairs of reports, the passages that they share, clusters of copies.

use rusqlite::{OptionalExtension, Row, params};

use crate::error::StoreError;
use crate::report_parts::ReportHead;
use crate::store::Store;

/// Two reports that share text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairRow {
    /// One.
    pub a: String,
    /// The other.
    pub b: String,
    /// Copy, rewrite, quotation or independent.
    pub relation: String,
    /// The one that had it first, where something tells.
    pub earlier: Option<String>,
}

/// A passage that two reports share, in code points of their texts.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageRow {
    /// One report.
    pub a: String,
    /// Where it begins there.
    pub a_start: u32,
    /// One past its end.
    pub a_end: u32,
    /// The other report.
    pub b: String,
    /// Where it begins there.
    pub b_start: u32,
    /// One past its end.
    pub b_end: u32,
    /// Share of words that stand in both, in order.
    pub similarity: f64,
    /// Prose, quotation or stock.
    pub kind: String,
}

/// How much text went from one outlet to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlowRow {
    /// The outlet that had it first, where that is known; else one of the two.
    pub from: Option<String>,
    /// The other.
    pub to: Option<String>,
    /// Is it known which had it first?
    pub is_directed: bool,
    /// Pairs of reports that are copies.
    pub copies: u32,
    /// Pairs of reports of which one rewrites the other.
    pub rewrites: u32,
}

/// A cluster of copies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClusterRow {
    /// Its number.
    pub cluster: u32,
    /// How many reports.
    pub witnesses: u32,
    /// To how many texts they go back.
    pub origins: u32,
    /// The report that the others go back to, where something tells.
    pub first: Option<String>,
    /// One headline of the cluster.
    pub headline: Option<String>,
}

/// One report of a cluster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WitnessRow {
    /// The report.
    pub head: ReportHead,
    /// Witnesses with the same number go back to one text.
    pub origin: u32,
    /// The report that the others go back to.
    pub first: Option<String>,
}

impl Store {
    /// The pairs that a report is in, closest relation first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pairs_of(&self, id: &str) -> Result<Vec<PairRow>, StoreError> {
        // Two halves, so that each finds its index.
        let sql = "SELECT a, b, relation, earlier FROM (\
                   SELECT a, b, relation, earlier FROM pairs WHERE a = ?1 UNION ALL \
                   SELECT a, b, relation, earlier FROM pairs WHERE (a, b) IN \
                   (SELECT DISTINCT a, b FROM passages WHERE b = ?1)) \
                   ORDER BY instr('copy rewrite quotation independent', relation), a, b";
        let mut query = self.db.prepare(sql)?;
        let pairs = query.query_map([id], pair)?;
        Ok(pairs.collect::<Result<_, _>>()?)
    }

    /// How two reports are related, whichever is named first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pair(&self, a: &str, b: &str) -> Result<Option<PairRow>, StoreError> {
        let sql = "SELECT a, b, relation, earlier FROM pairs WHERE a = ?1 AND b = ?2";
        let (a, b) = if a <= b { (a, b) } else { (b, a) };
        let mut query = self.db.prepare(sql)?;
        let straight = query.query_row([a, b], pair).optional()?;
        Ok(match straight {
            Some(pair) => Some(pair),
            None => query.query_row([b, a], pair).optional()?,
        })
    }

    /// The passages that two reports share, in the order of the first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn passages_between(&self, a: &str, b: &str) -> Result<Vec<PassageRow>, StoreError> {
        let sql = "SELECT a, a_start, a_end, b, b_start, b_end, similarity, kind FROM passages \
                   WHERE (a = ?1 AND b = ?2) OR (a = ?2 AND b = ?1) ORDER BY a_start, b_start";
        let mut query = self.db.prepare_cached(sql)?;
        let passages = query.query_map([a, b], |row| {
            Ok(PassageRow {
                a: row.get(0)?,
                a_start: row.get(1)?,
                a_end: row.get(2)?,
                b: row.get(3)?,
                b_start: row.get(4)?,
                b_end: row.get(5)?,
                similarity: row.get(6)?,
                kind: row.get(7)?,
            })
        })?;
        Ok(passages.collect::<Result<_, _>>()?)
    }

    /// Which outlets carry text of which: copies and rewrites alone, most first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn flows(&self) -> Result<Vec<FlowRow>, StoreError> {
        let sql = "SELECT f.publisher, t.publisher, p.earlier IS NOT NULL, sum(p.relation = 'copy'), \
                   sum(p.relation = 'rewrite') FROM pairs p \
                   JOIN articles f ON f.id = ifnull(p.earlier, p.a) \
                   JOIN articles t ON t.id = CASE WHEN p.earlier IS p.b THEN p.a ELSE p.b END \
                   WHERE p.relation IN ('copy', 'rewrite') GROUP BY 1, 2, 3 \
                   ORDER BY count(*) DESC, 1, 2, 3";
        let mut query = self.db.prepare(sql)?;
        let flows = query.query_map([], |row| {
            Ok(FlowRow {
                from: row.get(0)?,
                to: row.get(1)?,
                is_directed: row.get(2)?,
                copies: row.get(3)?,
                rewrites: row.get(4)?,
            })
        })?;
        Ok(flows.collect::<Result<_, _>>()?)
    }

    /// The copies and rewrites between two outlets, whichever was first, from `offset` on.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pairs_between(
        &self,
        one: Option<&str>,
        other: Option<&str>,
        (offset, limit): (u32, u32),
    ) -> Result<Vec<PairRow>, StoreError> {
        let sql = "SELECT p.a, p.b, p.relation, p.earlier FROM pairs p \
                   JOIN articles x ON x.id = p.a JOIN articles y ON y.id = p.b \
                   WHERE p.relation IN ('copy', 'rewrite') \
                   AND ((x.publisher IS ?1 AND y.publisher IS ?2) \
                   OR (x.publisher IS ?2 AND y.publisher IS ?1)) \
                   ORDER BY p.relation, p.a, p.b LIMIT ?4 OFFSET ?3";
        let mut query = self.db.prepare(sql)?;
        let pairs = query.query_map(params![one, other, offset, limit], pair)?;
        Ok(pairs.collect::<Result<_, _>>()?)
    }

    /// Clusters of copies, largest first: so many from `offset` on, and how many there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn clusters(&self, offset: u32, limit: u32) -> Result<(u64, Vec<ClusterRow>), StoreError> {
        let total =
            self.db.query_row("SELECT count(DISTINCT cluster) FROM clusters", [], |row| row.get(0))?;
        let sql = "SELECT c.cluster, c.witnesses, c.origins, c.first, a.headline FROM \
                   (SELECT cluster, count(*) AS witnesses, count(DISTINCT origin) AS origins, min(first) AS first, \
                   min(article) AS any FROM clusters GROUP BY cluster ORDER BY 2 DESC, 1 LIMIT ?2 OFFSET ?1) c \
                   LEFT JOIN articles a ON a.id = ifnull(c.first, c.any) ORDER BY c.witnesses DESC, c.cluster";
        let mut query = self.db.prepare(sql)?;
        let clusters = query.query_map([offset, limit], |row| {
            Ok(ClusterRow {
                cluster: row.get(0)?,
                witnesses: row.get(1)?,
                origins: row.get(2)?,
                first: row.get(3)?,
                headline: row.get(4)?,
            })
        })?;
        Ok((total, clusters.collect::<Result<_, _>>()?))
    }

    /// The reports of a cluster, by day.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn witnesses(&self, cluster: u32) -> Result<Vec<WitnessRow>, StoreError> {
        let sql = "SELECT a.id, a.publisher, a.published, a.headline, c.origin, c.first FROM clusters c \
                   JOIN articles a ON a.id = c.article WHERE c.cluster = ?1 ORDER BY a.published, a.id";
        let mut query = self.db.prepare(sql)?;
        let witnesses = query.query_map([cluster], |row| {
            Ok(WitnessRow { head: crate::report_parts::head(row)?, origin: row.get(4)?, first: row.get(5)? })
        })?;
        Ok(witnesses.collect::<Result<_, _>>()?)
    }

    /// The number of the cluster that a report is in.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn cluster_of(&self, id: &str) -> Result<Option<u32>, StoreError> {
        let sql = "SELECT cluster FROM clusters WHERE article = ?1";
        Ok(self.db.query_row(sql, [id], |row| row.get(0)).optional()?)
    }
}

fn pair(row: &Row<'_>) -> rusqlite::Result<PairRow> {
    Ok(PairRow { a: row.get(0)?, b: row.get(1)?, relation: row.get(2)?, earlier: row.get(3)? })
}
