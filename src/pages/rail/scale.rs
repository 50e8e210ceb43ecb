//! From moments to heights: to scale, cut where a long silence would leave no room for the rest, and places for labels.

/// What a cut takes of the height.
pub(super) const CUT: f64 = 26.0;
/// More breaks than this, and a reader sees no scale any more.
const MOST_CUTS: usize = 3;

/// A stretch between two neighboring moments.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    /// Seconds.
    pub from: i64,
    pub to: i64,
    /// Heights.
    pub top: f64,
    pub bottom: f64,
    /// Shortened: its height says nothing of its length.
    pub cut: bool,
}

/// A scale that is linear apart from its cuts, and the same on both sides of each.
#[derive(Clone, Debug)]
pub(super) struct Scale {
    pub stretches: Vec<Stretch>,
}

impl Scale {
    /// `moments` ascend and differ. `label` is the height of a line of text.
    ///
    /// The longest silence is cut when it takes more than a quarter of the whole and what remains would not have room
    /// for its labels: the rail of an incident whose entries are spread stays whole however long it was.
    pub fn new(moments: &[i64], height: f64, label: f64) -> Self {
        let gaps: Vec<i64> = moments.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let mut cut: Vec<usize> = Vec::new();
        let kept = |cut: &[usize]| -> i64 {
            gaps.iter().enumerate().filter(|(at, _)| !cut.contains(at)).map(|(_, gap)| gap).sum()
        };
        while cut.len() < MOST_CUTS && cut.len() + 1 < gaps.len() {
            let longest = (0..gaps.len()).filter(|at| !cut.contains(at)).max_by_key(|at| gaps[*at]);
            let Some(longest) = longest else { break };
            let (whole, free) = (kept(&cut), height - CUT * count(cut.len()));
            let rest = whole - gaps[longest];
            let room = free * ratio(rest, whole);
            if rest == 0 || gaps[longest] * 4 <= whole || room >= label * count(moments.len()) {
                break;
            }
            cut.push(longest);
        }
        let (whole, free) = (kept(&cut), height - CUT * count(cut.len()));
        let mut top = 0.0;
        let stretches = gaps.iter().enumerate().map(|(at, gap)| {
            let cut = cut.contains(&at);
            let tall = if cut { CUT } else { free * ratio(*gap, whole) };
            let stretch = Stretch { from: moments[at], to: moments[at + 1], top, bottom: top + tall, cut };
            top += tall;
            stretch
        });
        Self { stretches: stretches.collect() }
    }

    /// The height of a moment; those outside stand at the ends.
    pub fn height(&self, moment: i64) -> f64 {
        let Some(stretch) = self.stretches.iter().find(|stretch| moment <= stretch.to) else {
            return self.stretches.last().map_or(0.0, |last| last.bottom);
        };
        let share = ratio((moment - stretch.from).max(0), stretch.to - stretch.from);
        stretch.top + (stretch.bottom - stretch.top) * share
    }
}

/// Moves labels apart until each has `gap`, in their order, as little as possible in all, within `0..=height`.
///
/// Labels that would touch become one block around the middle of where they want to be.
pub(super) fn apart(wanted: &[f64], gap: f64, height: f64) -> Vec<f64> {
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (at, place) in wanted.iter().enumerate() {
        blocks.push((place - gap * count(at), 1));
        while let [.., (above, m), (below, n)] = blocks[..]
            && above / count(m) > below / count(n)
        {
            blocks.truncate(blocks.len() - 2);
            blocks.push((above + below, m + n));
        }
    }
    let most = (height - gap * count(wanted.len().saturating_sub(1))).max(0.0);
    let shifts = blocks.into_iter().flat_map(|(sum, n)| std::iter::repeat_n((sum / count(n)).clamp(0.0, most), n));
    shifts.enumerate().map(|(at, shift)| shift + gap * count(at)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "entries of a timeline are far below 2^53")]
fn count(n: usize) -> f64 {
    n as f64
}

#[expect(clippy::cast_precision_loss, reason = "seconds of an incident are far below 2^53")]
fn ratio(part: i64, whole: i64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_spread_is_drawn_to_scale() {
        let scale = Scale::new(&[0, 3600, 7200, 14400], 400.0, 15.0);
        assert!(scale.stretches.iter().all(|stretch| !stretch.cut));
        assert!((scale.height(7200) - 200.0).abs() < 1e-9);
        assert!((scale.height(1800) - 50.0).abs() < 1e-9);
        assert!((scale.height(99_999) - 400.0).abs() < 1e-9);
    }

    #[test]
    fn a_dense_beginning_before_a_long_silence_gets_its_room() {
        let scale = Scale::new(&[0, 60, 180, 300, 600, 86_400], 400.0, 15.0);
        let cuts: Vec<_> = scale.stretches.iter().filter(|stretch| stretch.cut).collect();
        assert_eq!(cuts.len(), 1);
        assert_eq!((cuts[0].from, cuts[0].to), (600, 86_400));
        assert!((scale.height(600) - (400.0 - CUT)).abs() < 1e-9);
        assert!((scale.height(86_400) - 400.0).abs() < 1e-9);
        assert!((scale.height(300) - (400.0 - CUT) / 2.0).abs() < 1e-9, "linear beside the cut");
    }

    #[test]
    fn labels_with_room_stay_where_they_are() {
        assert_eq!(apart(&[10.0, 40.0, 90.0], 15.0, 100.0), [10.0, 40.0, 90.0]);
        assert_eq!(apart(&[50.0, 50.0], 10.0, 100.0), [45.0, 55.0]);
        assert_eq!(apart(&[0.0, 0.0, 0.0], 10.0, 100.0), [0.0, 10.0, 20.0]);
    }

    proptest! {
        #[test]
        fn labels_never_overlap(mut wanted in prop::collection::vec(0.0..600.0_f64, 1..40)) {
            wanted.sort_by(f64::total_cmp);
            let placed = apart(&wanted, 15.0, 600.0);
            prop_assert_eq!(placed.len(), wanted.len());
            prop_assert!(placed.windows(2).all(|pair| pair[1] - pair[0] >= 15.0 - 1e-6));
            prop_assert!(placed.iter().all(|y| (-1e-6..=600.0 + 1e-6).contains(y)));
        }

        #[test]
        fn later_is_lower(moments in prop::collection::btree_set(-100_000_i64..1_000_000, 2..60)) {
            let moments: Vec<i64> = moments.into_iter().collect();
            let scale = Scale::new(&moments, 600.0, 15.0);
            let heights: Vec<f64> = moments.iter().map(|moment| scale.height(*moment)).collect();
            prop_assert!(heights.windows(2).all(|pair| pair[0] <= pair[1]));
            prop_assert!(heights[0].abs() < 1e-6 && (heights[heights.len() - 1] - 600.0).abs() < 1e-6);
        }
    }
}
