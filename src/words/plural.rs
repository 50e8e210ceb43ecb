//! Plural forms: which one a whole number takes in a language, as CLDR has it.

/// A plural form. Every text with a number has `other`; a language says which of the rest it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    Zero,
    One,
    Two,
    Few,
    Many,
    Other,
}

impl Category {
    /// By the name that stands in a file of texts.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "zero" => Self::Zero,
            "one" => Self::One,
            "two" => Self::Two,
            "few" => Self::Few,
            "many" => Self::Many,
            "other" => Self::Other,
            _ => return None,
        })
    }
}

/// From a number to its form.
pub type Rule = fn(u64) -> Category;

/// Languages that do not follow [`one`]: the subtags, and their rule for whole numbers.
const RULES: &[(&[&str], Rule)] = &[
    (&["ja", "zh", "ko", "vi", "th", "id", "ms"], |_| Category::Other),
    (&["fr", "pt", "hi", "fa", "bn"], |n| if n < 2 { Category::One } else { Category::Other }),
    (&["ru", "uk", "be"], |n| match (n % 10, n % 100) {
        (1, tens) if tens != 11 => Category::One,
        (2..=4, tens) if !(12..=14).contains(&tens) => Category::Few,
        _ => Category::Many,
    }),
    (&["sr", "hr", "bs"], |n| match (n % 10, n % 100) {
        (1, tens) if tens != 11 => Category::One,
        (2..=4, tens) if !(12..=14).contains(&tens) => Category::Few,
        _ => Category::Other,
    }),
    (&["pl"], |n| match (n, n % 10, n % 100) {
        (1, ..) => Category::One,
        (_, 2..=4, tens) if !(12..=14).contains(&tens) => Category::Few,
        _ => Category::Many,
    }),
    (&["cs", "sk"], |n| match n {
        1 => Category::One,
        2..=4 => Category::Few,
        _ => Category::Other,
    }),
    (&["he"], |n| match n {
        1 => Category::One,
        2 => Category::Two,
        _ => Category::Other,
    }),
    (&["ar"], |n| match (n, n % 100) {
        (0, _) => Category::Zero,
        (1, _) => Category::One,
        (2, _) => Category::Two,
        (_, 3..=10) => Category::Few,
        (_, 11..=99) => Category::Many,
        _ => Category::Other,
    }),
];

/// The rule of a language, by its subtag (`de`).
#[must_use]
pub fn rule(language: &str) -> Rule {
    RULES.iter().find(|(languages, _)| languages.contains(&language)).map_or(one, |(_, rule)| *rule)
}

/// English, German and most others: exactly one, or any other number.
fn one(n: u64) -> Category {
    if n == 1 { Category::One } else { Category::Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_some_languages() {
        let of = |language: &str, n: u64| rule(language)(n);
        assert_eq!([of("de", 0), of("de", 1), of("de", 2)], [Category::Other, Category::One, Category::Other]);
        assert_eq!([of("fr", 0), of("fr", 2)], [Category::One, Category::Other]);
        assert_eq!([of("ru", 21), of("ru", 22), of("ru", 11)], [Category::One, Category::Few, Category::Many]);
        assert_eq!([of("pl", 1), of("pl", 21), of("pl", 3)], [Category::One, Category::Many, Category::Few]);
        assert_eq!([of("ar", 0), of("ar", 103), of("ar", 100)], [Category::Zero, Category::Few, Category::Other]);
    }
}
