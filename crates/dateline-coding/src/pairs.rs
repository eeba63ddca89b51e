//! What does one party do to another in a sentence? One answer, always.

use dateline_model::{AnnotatedText, Modality, PairCode, Span};

use crate::act::{Act, acts};
use crate::clause::Clauses;
use crate::code::{modality, trigger};
use crate::lexicon::CodingLexicon;
use crate::named::Named;
use crate::pattern::{Becomes, Coded, Outcome};
use crate::tree::{Class, Dep, Tree};

/// The act of `source` towards `target`, each given by its words. A target whose words are not in the
/// text ("a recipient") may be anybody.
#[must_use]
pub fn code_pair(
    text: &str,
    annotated: &AnnotatedText,
    source: &str,
    target: &str,
    lexicon: &CodingLexicon,
) -> PairCode {
    let sides = (find(text, source), find(text, target));
    let mut best: Option<(i32, PairCode)> = None;
    for sentence in &annotated.sentences {
        let tree = Tree::new(text, &annotated.tokens, sentence, lexicon);
        let named = Named::by_model(&tree, annotated);
        let timed = marked(&tree, annotated, &["DATE", "TIME"]);
        let clauses = Clauses { tree: &tree, lexicon, named: &named, timed: &timed };
        let sides = (Side::new(&tree, sides.0.as_deref()), Side::new(&tree, sides.1.as_deref()));
        let acts = acts(clauses);
        for act in acts.iter().flatten() {
            let score = score(&tree, act, &acts, &sides);
            if best.as_ref().is_none_or(|(b, _)| score > *b) {
                best = Some((score, coded(&tree, act, lexicon)));
            }
        }
    }
    best.map_or_else(|| unknown(lexicon), |(_, code)| code)
}

/// Where a party stands in a sentence.
struct Side {
    /// For each word: is it the party's?
    own: Vec<bool>,
    /// The words of it that hang on none of its own.
    heads: Vec<usize>,
}

impl Side {
    fn new(tree: &Tree<'_>, spans: Option<&[Span]>) -> Self {
        let spans = spans.unwrap_or_default();
        let within = |span: Span| spans.iter().any(|s| s.start < span.end && span.start < s.end);
        let own: Vec<bool> = tree.tokens.iter().map(|t| within(t.span)).collect();
        let heads =
            (0..own.len()).filter(|w| own[*w] && (tree.head(*w) == *w || !own[tree.head(*w)])).collect();
        Self { own, heads }
    }

    /// How well the party is one of these words: itself, or within the phrase of one.
    fn among(&self, tree: &Tree<'_>, words: &[usize]) -> Fit {
        if words.iter().any(|w| self.own[*w]) {
            return Fit::Is;
        }
        let inside = |head: &usize| tree.way_up(*head).take(7).any(|a| words.contains(&a));
        if self.heads.iter().any(inside) { Fit::Within } else { Fit::Not }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    Is,
    Within,
    Not,
}

/// How much speaks for this act being what the source does to the target.
fn score(tree: &Tree<'_>, act: &Act, acts: &[Option<Act>], (source, target): &(Side, Side)) -> i32 {
    let weigh = |fit: Fit, is: i32, within: i32| match fit {
        Fit::Is => is,
        Fit::Within => within,
        Fit::Not => 0,
    };
    let mut score = act.strength as i32 / 4;
    let as_actor = source.among(tree, &act.actors);
    score += weigh(as_actor, 60, 40);
    if as_actor == Fit::Not {
        score += weigh(source.among(tree, &act.recipients), if act.mutual { 40 } else { 15 }, 10);
    }
    score += match target.among(tree, &act.recipients) {
        Fit::Not => weigh(target.among(tree, &act.around), 35, 20),
        fit => weigh(fit, 40, 25),
    };
    if act.mutual {
        score += weigh(target.among(tree, &act.actors), 30, 20);
    }
    let below = |side: &Side| side.heads.iter().any(|h| tree.is_under(*h, act.anchor, 12));
    score += 12 * i32::from(below(target)) + 6 * i32::from(below(source));
    // What stands within the words for a party says who it is, not what is done.
    let within = |side: &Side| side.own[act.anchor];
    score -= 45 * i32::from(within(source)) + 35 * i32::from(within(target));
    let changed = acts.iter().flatten().any(|other| other.takes_up(act.anchor));
    score -= 40 * i32::from(changed);
    score -= 25 * i32::from(is_beside_the_point(tree, act, acts, source));
    score - depth(tree, act.anchor)
}

/// Does it stand below an act of the source's own, as its purpose, reason or object? What is coordinated
/// with that act is told as outright as the act itself.
fn is_beside_the_point(tree: &Tree<'_>, act: &Act, acts: &[Option<Act>], source: &Side) -> bool {
    let mut below = act.anchor;
    for above in tree.way_up(act.anchor).skip(1).take(6) {
        if tree.dep(below) == Dep::Conjunct && tree.class(below) == Class::Verb {
            return false;
        }
        let own = acts[above].as_ref().is_some_and(|a| source.among(tree, &a.actors) == Fit::Is);
        if own {
            return true;
        }
        below = above;
    }
    false
}

/// How deep an act stands in the sentence: what the sentence says outright weighs more.
fn depth(tree: &Tree<'_>, at: usize) -> i32 {
    tree.way_up(at).take(8).count() as i32
}

fn coded(tree: &Tree<'_>, act: &Act, lexicon: &CodingLexicon) -> PairCode {
    let mut code = act.coded.clone();
    let mut pattern = act.pattern;
    // What was not given, met or agreed to was refused.
    if let (true, Outcome::Change(change)) = (act.negated, &lexicon.pattern(lexicon.refusal).outcome)
        && let Becomes::Other(other) = change.of(code.event_type)
    {
        code = other;
        pattern = lexicon.refusal;
    }
    PairCode {
        event_type: code.event_type,
        mode: code.mode,
        cameo: code.cameo,
        trigger: trigger(tree, &act.trigger),
        modality: modality(act.held),
        pattern: Some(lexicon.pattern(pattern).name.clone()),
    }
}

/// Nothing tells what is done: the commonest thing that news tell of two parties.
fn unknown(lexicon: &CodingLexicon) -> PairCode {
    let Coded { event_type, mode, cameo } = lexicon.unknown.clone();
    PairCode { event_type, mode, cameo, trigger: Vec::new(), modality: Modality::Asserted, pattern: None }
}

/// Where the words stand in the text: the first place for a source, all places.
fn find(text: &str, words: &str) -> Option<Vec<Span>> {
    let words = words.trim();
    if words.is_empty() {
        return None;
    }
    let spans: Vec<Span> = text
        .match_indices(words)
        .take(32)
        .map(|(at, found)| Span::new(at as u32, (at + found.len()) as u32))
        .collect();
    (!spans.is_empty()).then_some(spans)
}

/// For each word: does it belong to a name of one of these types?
fn marked(tree: &Tree<'_>, annotated: &AnnotatedText, types: &[&str]) -> Vec<bool> {
    let mut marked = vec![false; tree.len()];
    let from = annotated.names.partition_point(|n| n.end <= tree.in_text(0));
    let names = annotated.names[from..].iter().take_while(|n| tree.within(n.first).is_some());
    for name in names.filter(|n| types.contains(&&*n.entity_type)) {
        for at in (name.first..name.end).filter_map(|word| tree.within(word)) {
            marked[at] = true;
        }
    }
    marked
}
