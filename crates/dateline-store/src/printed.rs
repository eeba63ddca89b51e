//! When and by which outlet each report was printed, and which statements it holds: what narrows a search,
//! in memory, so that no text is touched for it.

use crate::error::StoreError;
use crate::store::Store;
use crate::timeline::ReportKey;

/// Outlet and day of every report.
#[derive(Clone, Debug, Default)]
pub struct Printed {
    /// By number.
    reports: Vec<ReportKey>,
    /// Number of the first statement of each article that has some, and the article; those of one article
    /// follow each other.
    statements: Vec<(i64, i64)>,
}

impl Store {
    /// Outlet and day of every report.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn printed(&self) -> Result<Printed, StoreError> {
        let mut reports = self.report_keys()?;
        reports.sort_unstable_by_key(|report| report.number);
        // The index holds both: the statements are not touched.
        let sql = "SELECT min(statement), article FROM statements INDEXED BY statements_by_article GROUP BY article";
        let mut query = self.db.prepare(sql)?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let mut statements: Vec<(i64, i64)> = rows.collect::<Result<_, _>>()?;
        statements.sort_unstable();
        Ok(Printed { reports, statements })
    }
}

impl Printed {
    /// The report of that number.
    #[must_use]
    pub fn report(&self, number: i64) -> Option<&ReportKey> {
        let at = self.reports.binary_search_by_key(&number, |report| report.number).ok()?;
        self.reports.get(at)
    }

    /// All reports, by number.
    #[must_use]
    pub fn reports(&self) -> &[ReportKey] {
        &self.reports
    }

    /// Number of the article that holds a statement.
    pub(crate) fn article_of(&self, statement: i64) -> Option<i64> {
        let after = self.statements.partition_point(|(first, _)| *first <= statement);
        self.statements.get(after.checked_sub(1)?).map(|(_, article)| *article)
    }

    /// Day of an article, where it is known.
    pub(crate) fn day(&self, article: i64) -> Option<&str> {
        let published = self.report(article)?.published.as_deref()?;
        Some(published.get(..10).unwrap_or(published))
    }
}
