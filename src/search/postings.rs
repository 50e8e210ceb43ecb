//! The reports of one group of words as a text: from the greatest impact to the least, reports by their distances.

use super::{
    code,
    formula::LEVELS,
};

/// Reports of a word that have an impact of their own; beyond it, those of the least impact share one.
pub(super) const CAP: usize = 2000;

/// The reports by their level, as the index tells them.
pub(super) fn by_level(posts: &[(u32, u8)]) -> Vec<Vec<u32>> {
    let mut by_level: Vec<Vec<u32>> = vec![Vec::new(); LEVELS as usize];
    for (report, level) in posts {
        by_level[usize::from(*level)].push(*report);
    }
    if posts.len() > CAP {
        cap(&mut by_level);
    }
    by_level
}

/// Levels are letters from `A` (the least); after each come the reports of that level.
pub(super) fn encode(posts: &[(u32, u8)]) -> String {
    let mut out = String::new();
    for (level, reports) in (b'A'..=b'P').zip(&by_level(posts)).rev().filter(|(_, reports)| !reports.is_empty()) {
        out.push(char::from(level));
        code::ascending(&mut out, reports.iter().copied());
    }
    out
}

/// Puts all levels below the one that reaches the cap together, at the level that most of them have.
fn cap(by_level: &mut [Vec<u32>]) {
    let mut kept = 0;
    let Some(last) = (0..by_level.len()).rev().find(|level| {
        kept += by_level[*level].len();
        kept >= CAP
    }) else {
        return;
    };
    let most = (0..last).max_by_key(|level| by_level[*level].len()).unwrap_or(0);
    let mut rest: Vec<u32> = by_level[..last].iter().flatten().copied().collect();
    rest.sort_unstable();
    by_level[..last].iter_mut().for_each(Vec::clear);
    if last > 0 {
        by_level[most] = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_greatest_impact_comes_first() {
        assert_eq!(encode(&[(0, 1), (3, 15), (4, 15), (9, 1)]), "PdaBai");
    }

    #[test]
    fn no_report_is_lost_by_the_cap() {
        let posts: Vec<(u32, u8)> = (0..5000).map(|report| (report, u8::try_from(report % 16).expect("small"))).collect();
        let text = encode(&posts);
        let levels: String = text.chars().filter(|c| ('A'..='P').contains(c)).collect();
        assert!(levels.len() < 9 && levels.starts_with("PON"), "{levels}");
        assert!(text.len() < 5000 + 2 * 5000 / 8, "{}", text.len());
    }
}
