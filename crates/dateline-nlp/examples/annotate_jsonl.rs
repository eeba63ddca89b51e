//! Annotates JSON Lines: reads `{"id", "text"}` from standard input, prints tokens, sentences and names.
//!
//! ```text
//! annotate_jsonl [--model PATH] [--kernel NAME] [--threads N] < TEXTS.jsonl > ANNOTATED.jsonl
//! ```
//! Offsets in the output count code points. Lines come out in the order of the input.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};

use dateline_model::{CodePoints, Span};
use dateline_nlp::{AnnotatedText, Kernel, Pipeline, annotate};

/// Bytes of texts that are read before their annotations are written.
const BATCH: usize = 1 << 18;

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::read()?;
    let pipeline = match &options.model {
        Some(path) => Pipeline::load_with(path, options.kernel)?,
        None => Pipeline::english_with(options.kernel)?,
    };
    let mut out = BufWriter::new(std::io::stdout().lock());
    let (mut batch, mut size) = (Vec::new(), 0);
    for line in std::io::stdin().lines() {
        let line = line?;
        size += line.len();
        batch.push(line);
        if size > BATCH {
            write_batch(&pipeline, &batch, options.threads, &mut out)?;
            batch.clear();
            size = 0;
        }
    }
    write_batch(&pipeline, &batch, options.threads, &mut out)?;
    Ok(out.flush()?)
}

struct Options {
    model: Option<String>,
    kernel: Kernel,
    threads: usize,
}

impl Options {
    fn read() -> Result<Self, Box<dyn Error>> {
        let mut options = Self { model: None, kernel: Kernel::best(), threads: 1 };
        let mut arguments = std::env::args().skip(1);
        while let Some(name) = arguments.next() {
            let value = arguments.next().ok_or("an option without a value")?;
            match name.as_str() {
                "--model" => options.model = Some(value),
                "--kernel" => {
                    options.kernel = Kernel::named(&value).ok_or("this processor has no such kernel")?;
                }
                "--threads" => options.threads = value.parse()?,
                _ => return Err(format!("{name} is not known").into()),
            }
        }
        Ok(options)
    }
}

/// Annotates a batch on several threads, each taking every n-th line, and writes it in order.
fn write_batch(
    pipeline: &Pipeline,
    lines: &[String],
    threads: usize,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    let share =
        |thread: usize| lines.iter().skip(thread).step_by(threads).map(|line| annotated_line(pipeline, line));
    if threads == 1 {
        for line in share(0) {
            out.write_all(line?.as_bytes())?;
        }
        return Ok(());
    }
    let shares: Vec<Vec<_>> = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..threads).map(|t| scope.spawn(move || share(t).collect::<Vec<_>>())).collect();
        threads.into_iter().map(|thread| thread.join().unwrap_or_default()).collect()
    });
    let mut shares: Vec<_> = shares.into_iter().map(Vec::into_iter).collect();
    for number in 0..lines.len() {
        let line = shares[number % threads].next().ok_or("a thread ended early")?;
        out.write_all(line?.as_bytes())?;
    }
    Ok(())
}

fn annotated_line(pipeline: &Pipeline, line: &str) -> Result<String, serde_json::Error> {
    let row: serde_json::Value = serde_json::from_str(line)?;
    let text = row["text"].as_str().unwrap_or_default();
    json(&row["id"], text, &annotate(pipeline, text))
}

fn json(id: &serde_json::Value, text: &str, annotated: &AnnotatedText) -> Result<String, serde_json::Error> {
    let places = CodePoints::new(text);
    let pair = |span: Span| (places.of(span.start as usize), places.of(span.end as usize));
    let mut out = format!("{{\"id\":{id},\"text\":{},\"sentences\":[", serde_json::to_string(text)?);
    let comma = |out: &mut String, first: bool| {
        if !first {
            out.push(',');
        }
    };
    for (n, sentence) in annotated.sentences.iter().enumerate() {
        comma(&mut out, n == 0);
        let (start, end) = pair(sentence.span);
        let _ = write!(out, "[{start},{end}]");
    }
    out.push_str("],\"tokens\":[");
    for (n, token) in annotated.tokens.iter().enumerate() {
        comma(&mut out, n == 0);
        let (start, end) = pair(token.span);
        let quoted = |text: &str| serde_json::to_string(text);
        let (tag, pos) = (quoted(&token.tag)?, quoted(&token.pos)?);
        let (lemma, dep) = (quoted(&token.lemma)?, quoted(&token.dep)?);
        let head = token.head;
        let _ = write!(
            out,
            "{{\"start\":{start},\"end\":{end},\"tag\":{tag},\"pos\":{pos},\"lemma\":{lemma},\"head\":{head},\"dep\":{dep}}}"
        );
    }
    out.push_str("],\"entities\":[");
    for (n, entity) in annotated.names.iter().enumerate() {
        comma(&mut out, n == 0);
        let (start, end) = pair(entity.span);
        let kind = serde_json::to_string(&*entity.entity_type)?;
        let words = serde_json::to_string(&text[entity.span.range()])?;
        let _ = write!(out, "{{\"start\":{start},\"end\":{end},\"type\":{kind},\"text\":{words}}}");
    }
    out.push_str("]}\n");
    Ok(out)
}
