//! The dictionary in shards by the beginnings of words, each with its postings, and words by their ends for slips of the
//! pen at their beginning.

use super::{Out, code, invert::Index, postings};
use rayon::prelude::*;
use std::ops::Range;

/// Characters of entries in one shard of the dictionary.
const SHARD: usize = 6000;
/// Characters of postings in one file.
const POSTINGS: usize = 5000;
/// Postings longer than this have a file of their own.
const OWN: usize = 1500;
/// Words by their ends in one shard, in characters.
const ENDS: usize = 6000;

/// First words and file names of shards, in order.
pub(super) type Shards = Vec<(String, String)>;

/// How far two words begin alike, in bytes of whole characters, at most 25.
fn shared(a: &str, b: &str) -> usize {
    let mut length = 0;
    for (x, y) in a.chars().zip(b.chars()) {
        if x != y || length + x.len_utf8() > 25 {
            break;
        }
        length += x.len_utf8();
    }
    length
}

/// The beginning of `word` that sets it apart from the word before it.
fn apart(before: &str, word: &str) -> String {
    let same: usize = before.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
    word.chars().take(same + 1).collect()
}

/// Shared characters as one letter, then what follows them. Lengths count UTF-16 units, as scripts do.
fn entry(out: &mut String, before: &str, word: &str) {
    let same = shared(before, word);
    let units = u8::try_from(word[..same].encode_utf16().count()).expect("at most 25");
    out.push(char::from(b'A' + units));
    out.push_str(&word[same..]);
}

/// Words that share a file: those from `key` on, up to the key of the next shard.
pub(super) struct Shard {
    pub key: String,
    /// Places in `Index::words`.
    pub words: Range<usize>,
}

/// The shards of the dictionary. No group of words is cut.
pub(super) fn shards(index: &Index) -> Vec<Shard> {
    let mut last = vec![0; index.groups.len()];
    for (at, (_, group)) in index.words.iter().enumerate() {
        last[*group as usize] = at;
    }
    let (mut shards, mut size, mut reach, mut before, mut key, mut from) = (Vec::new(), 0, 0, "", String::new(), 0);
    for (at, (word, group)) in index.words.iter().enumerate() {
        if size > SHARD && reach < at {
            shards.push(Shard { key: std::mem::take(&mut key), words: from..at });
            (size, from) = (0, at);
            key = apart(before, word);
        }
        size += 2 + word.len() - shared(before, word);
        reach = reach.max(last[*group as usize]);
        before = word;
    }
    if from < index.words.len() {
        shards.push(Shard { key, words: from..index.words.len() });
    }
    shards
}

/// Writes the dictionary with its postings.
pub(super) fn write(index: &Index, out: &Out<'_>) -> Shards {
    let shards = shards(index);
    shards.into_par_iter().map(|of| (of.key, shard(index, &index.words[of.words], out))).collect()
}

/// One shard: `[entries, [file of postings, groups in it, …], [file of a frequent group, …]]`.
fn shard(index: &Index, words: &[(Box<str>, u32)], out: &Out<'_>) -> String {
    let first = words.iter().map(|(_, group)| *group).min().unwrap_or(0);
    let (mut entries, mut before, mut newest, mut latest) = (String::new(), "", first, None);
    let (mut files, mut own, mut text, mut count) = (Vec::new(), Vec::new(), String::new(), 0_u32);
    for (word, group) in words {
        entry(&mut entries, before, word);
        before = word;
        if *group == newest {
            newest += 1;
            let posts = &index.groups[*group as usize];
            size_class(&mut entries, posts.len());
            let encoded = postings::encode(posts);
            text.push_str(if count == 0 { "" } else { " " });
            count += 1;
            if encoded.len() > OWN {
                entries.push('|');
                own.push(out.hashed("p", &quoted(&encoded)));
            } else {
                text.push_str(&encoded);
            }
            if text.len() > POSTINGS {
                files.push((out.hashed("p", &quoted(&std::mem::take(&mut text))), std::mem::take(&mut count)));
            }
        } else if latest == Some(*group) {
            entries.push('=');
        } else {
            entries.push_str(&format!(">{}", newest - 1 - group));
        }
        latest = Some(*group);
    }
    if count > 0 {
        files.push((out.hashed("p", &quoted(&text)), count));
    }
    let mut data = String::from("[");
    code::literal(&mut data, &entries);
    data.push_str(",[");
    let files = files.iter().map(|(name, count)| format!("\"{name}\",{count}"));
    data.push_str(&files.collect::<Vec<_>>().join(","));
    data.push_str("],");
    code::literals(&mut data, own.iter().map(String::as_str));
    data.push(']');
    out.hashed("d", &data)
}

/// How often a word occurs, by doublings.
pub(super) fn class(count: usize) -> usize {
    (count.max(1).ilog2() as usize).min(12)
}

/// Once is not told.
fn size_class(entries: &mut String, count: usize) {
    const CLASSES: &[u8] = b"!#$%&'()*+,;";
    let class = class(count);
    if class > 0 {
        entries.push(char::from(CLASSES[class - 1]));
    }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// The words of letters, reversed, in the order of their ends, in shards with their keys.
pub(super) fn ends(index: &Index) -> Vec<(String, Vec<String>)> {
    let words = index.words.iter().filter(|(word, _)| {
        word.chars().count() > 3 && word.chars().all(|c| c.is_alphabetic() && !crate::words::fold::is_cjk(c))
    });
    let mut ends: Vec<String> = words.map(|(word, _)| word.chars().rev().collect()).collect();
    ends.par_sort_unstable();
    let mut shards: Vec<(String, Vec<String>)> = Vec::new();
    let mut size = 0;
    for end in ends {
        let before = shards.last().and_then(|(_, words)| words.last());
        if size > ENDS || shards.is_empty() {
            let key = before.map_or_else(String::new, |before| apart(before, &end));
            size = end.len();
            shards.push((key, vec![end]));
        } else if let Some((_, words)) = shards.last_mut() {
            size += 1 + end.len() - shared(words.last().map_or("", String::as_str), &end);
            words.push(end);
        }
    }
    shards
}

/// Writes the words by their ends.
pub(super) fn write_ends(index: &Index, out: &Out<'_>) -> Shards {
    let write = |(key, words): (String, Vec<String>)| {
        let (mut text, mut before) = (String::new(), "");
        for word in &words {
            entry(&mut text, before, word);
            before = word;
        }
        (key, out.hashed("e", &quoted(&text)))
    };
    ends(index).into_par_iter().map(write).collect()
}
