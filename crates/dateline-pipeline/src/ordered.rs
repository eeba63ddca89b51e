//! Work on many items at once, results in the items' own order, memory bounded.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};

/// Items taken in but not yet handed out, for each thread. Enough to keep all threads busy behind one
/// slow page.
const IN_FLIGHT_PER_THREAD: usize = 16;

/// An item of so many bytes more counts for one more, so that a pile of large pages stays within memory: some small
/// bombs would else be as many large pages at once.
const LARGE: usize = 4 << 20;

/// Scraped markup may be nested deeply; the stages do not recurse with it, libraries might.
const WORKER_STACK_BYTES: usize = 16 << 20;

/// Calls `work` on every item, on `threads` threads, and `take` on every result, in the order of the
/// items and on the calling thread. Stops early when `take` says so.
///
/// Items are drawn on a thread of their own, so that a slow source holds nobody up. `bytes` says how large an item is.
pub(crate) fn for_each_in_order<T, R>(
    items: impl Iterator<Item = T> + Send,
    threads: NonZeroUsize,
    bytes: impl Fn(&T) -> usize + Sync,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> ControlFlow<()>,
) where
    T: Send,
    R: Send,
{
    let in_flight = threads.get() * IN_FLIGHT_PER_THREAD;
    let (permit_back, permits) = bounded::<()>(in_flight);
    let (to_work, work_queue) = bounded::<(Turn, T)>(in_flight);
    let (done, results) = bounded::<(Turn, R)>(in_flight);
    let weight = |item: &T| (1 + bytes(item) / LARGE).min(in_flight);
    for _ in 0..in_flight {
        // The channel holds exactly this many, so no send can block or fail.
        let _ = permit_back.send(());
    }
    thread::scope(|scope| {
        scope.spawn(move || feed(items, weight, &permits, &to_work));
        for _ in 0..threads.get() {
            let (queue, done, work) = (work_queue.clone(), done.clone(), &work);
            let worker = move || queue.iter().try_for_each(|(turn, item)| done.send((turn, work(item))));
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

/// Which item it is, and how many permits it holds.
#[derive(Clone, Copy)]
struct Turn {
    number: usize,
    permits: usize,
}

/// Draws items while there are permits; ends when the source or the receiver does.
fn feed<T>(
    items: impl Iterator<Item = T>,
    weight: impl Fn(&T) -> usize,
    permits: &Receiver<()>,
    to_work: &Sender<(Turn, T)>,
) {
    for (number, item) in items.enumerate() {
        let turn = Turn { number, permits: weight(&item) };
        let is_allowed = (0..turn.permits).all(|_| permits.recv().is_ok());
        if !is_allowed || to_work.send((turn, item)).is_err() {
            return;
        }
    }
}

/// Puts results back into order. What waits is bounded by the permits in flight.
fn hand_out<R>(
    results: &Receiver<(Turn, R)>,
    permit_back: &Sender<()>,
    take: &mut impl FnMut(R) -> ControlFlow<()>,
) {
    let (mut waiting, mut next) = (BTreeMap::new(), 0);
    for (Turn { number, permits }, result) in results {
        waiting.insert(number, (permits, result));
        while let Some((permits, result)) = waiting.remove(&next) {
            next += 1;
            for _ in 0..permits {
                let _ = permit_back.try_send(());
            }
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
        // Some count for one, some for many, some for all that may be held.
        let bytes = |n: &usize| n % 5 * (1 << 25);
        for_each_in_order(0..items, NonZeroUsize::new(threads).unwrap(), bytes, work, |r| {
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
    fn few_large_items_are_held_at_once() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let (held, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let work = |n: usize| {
            most.fetch_max(held.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            n
        };
        let take = |_| {
            held.fetch_sub(1, Ordering::SeqCst);
            ControlFlow::Continue(())
        };
        // 16 permits a thread: three of 40 MiB take 33 of 32. One more begins while the first is handed out.
        for_each_in_order(0..100, NonZeroUsize::new(2).unwrap(), |_| 40 << 20, work, take);
        assert!((1..=3).contains(&most.into_inner()));
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
