//! The outlets of a record, and what each has in it.

use crate::error::StoreError;
use crate::store::Store;

/// An outlet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutletRow {
    /// Its name; none for the reports that name none.
    pub publisher: Option<String>,
    /// How many reports.
    pub reports: u32,
    /// Day of its first report.
    pub first: Option<String>,
    /// Day of its last.
    pub last: Option<String>,
    /// How many of its reports copy or rewrite an earlier one of the record.
    pub carried: u32,
}

impl Store {
    /// All outlets, most reports first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn outlets(&self) -> Result<Vec<OutletRow>, StoreError> {
        let sql = "WITH later AS (SELECT DISTINCT CASE WHEN earlier = a THEN b ELSE a END AS id FROM pairs \
                   WHERE relation IN ('copy', 'rewrite') AND earlier IS NOT NULL), \
                   carried AS (SELECT a.publisher, count(*) AS n FROM later JOIN articles a USING (id) GROUP BY 1), \
                   wrote AS (SELECT publisher, count(*) AS n, min(published) AS first, max(published) AS last \
                   FROM articles GROUP BY publisher) \
                   SELECT w.publisher, w.n, w.first, w.last, ifnull(c.n, 0) FROM wrote w \
                   LEFT JOIN carried c ON c.publisher IS w.publisher ORDER BY w.n DESC, w.publisher";
        let mut query = self.db.prepare(sql)?;
        let outlets = query.query_map([], |row| {
            Ok(OutletRow {
                publisher: row.get(0)?,
                reports: row.get(1)?,
                first: row.get(2)?,
                last: row.get(3)?,
                carried: row.get(4)?,
            })
        })?;
        Ok(outlets.collect::<Result<_, _>>()?)
    }
}
