//! Work on many items at once, results in the items' own order, memory bounded.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

/// Items taken in but not yet handed out, for each thread. Enough to keep all threads busy behind one
/// slow page; few enough that a pile of large pages stays within memory.
const IN_FLIGHT_PER_THREAD: usize = 16;

/// Scraped markup may be nested deeply; the stages do not recurse with it, libraries might.
const WORKER_STACK_BYTES: usize = 16 << 20;

/// Calls `work` on every item, on `threads` threads, and `take` on every result, in the order of the
/// items and on the calling thread. Stops early when `take` says so.
///
/// Items are drawn on a thread of their own, so that a slow source holds nobody up.
pub(crate) fn for_each_in_order<T, R>(
    items: impl Iterator<Item = T> + Send,
    threads: NonZeroUsize,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> ControlFlow<()>,
) where
    T: Send,
    R: Send,
{
    let in_flight = threads.get() * IN_FLIGHT_PER_THREAD;
    let (permit_back, permits) = bounded::<()>(in_flight);
    let (to_work, work_queue) = bounded::<(usize, T)>(in_flight);
    let (done, results) = bounded::<(usize, R)>(in_flight);
    for _ in 0..in_flight {
        // The channel holds exactly this many, so no send can block or fail.
        let _ = permit_back.send(());
    }
    thread::scope(|scope| {
        scope.spawn(move || feed(items, &permits, &to_work));
        for _ in 0..threads.get() {
            let (queue, done, work) = (work_queue.clone(), done.clone(), &work);
            let worker = move || queue.iter().try_for_each(|(n, item)| done.send((n, work(item))));
            // A thread that cannot be had leaves the work to the others; the first is needed.
            if thread::Builder::new().stack_size(WORKER_STACK_BYTES).spawn_scoped(scope, worker).is_err() {
                break;
            }
        }
        drop((work_queue, done));
        hand_out(&results, &permit_back, &mut take);
        // Ends the feeder and the workers: their sends fail from here on.
        drop((results, permit_back));
    });
}

/// Draws items while there are permits; ends when the source or the receiver does.
fn feed<T>(items: impl Iterator<Item = T>, permits: &Receiver<()>, to_work: &Sender<(usize, T)>) {
    for numbered in items.enumerate() {
        if permits.recv().is_err() || to_work.send(numbered).is_err() {
            return;
        }
    }
}

/// Puts results back into order. What waits is bounded by the permits in flight.
fn hand_out<R>(
    results: &Receiver<(usize, R)>,
    permit_back: &Sender<()>,
    take: &mut impl FnMut(R) -> ControlFlow<()>,
) {
    let (mut waiting, mut next) = (BTreeMap::new(), 0);
    for (n, result) in results {
        waiting.insert(n, result);
        while let Some(result) = waiting.remove(&next) {
            next += 1;
            let _ = permit_back.try_send(());
            if take(result).is_break() {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(items: usize, threads: usize, stop_after: usize) -> Vec<usize> {
        let mut out = Vec::new();
        let work = |n: usize| {
            // Later items finish sooner.
            thread::sleep(std::time::Duration::from_micros((97 * n as u64) % 13));
            n * 2
        };
        for_each_in_order(0..items, NonZeroUsize::new(threads).unwrap(), work, |r| {
            out.push(r);
            if out.len() == stop_after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        out
    }

    #[test]
    fn order_is_the_items_own() {
        for threads in [1, 2, 5] {
            assert_eq!(run(500, threads, usize::MAX), (0..500).map(|n| n * 2).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_items_is_fine() {
        assert!(run(0, 3, usize::MAX).is_empty());
    }

    #[test]
    fn a_taker_may_stop() {
        assert_eq!(run(10_000, 3, 7).len(), 7);
    }
}
