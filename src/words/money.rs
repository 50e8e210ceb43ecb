//! Amounts of money, written as ISO 4217 divides each currency.

use super::Words;

/// Currencies without a smaller unit.
const WHOLE: &[&str] = &[
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
    "XPF",
];
/// Currencies of a thousand smaller units.
const THOUSANDTHS: &[&str] = &["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"];

/// Decimal places of a currency.
#[must_use]
pub fn places(currency: &str) -> u32 {
    match currency {
        whole if WHOLE.contains(&whole) => 0,
        thousand if THOUSANDTHS.contains(&thousand) => 3,
        _ => 2,
    }
}

impl Words {
    /// An amount in the smallest unit of a currency: `1,250.00 EUR`.
    #[must_use]
    pub fn money(&self, amount: u64, currency: &str) -> String {
        let places = places(currency);
        let unit = 10_u64.pow(places);
        let whole = self.count(amount / unit);
        if places == 0 {
            return format!("{whole} {currency}");
        }
        let width = places as usize;
        format!("{whole}{}{:0width$} {currency}", self.decimal_mark(), amount % unit)
    }

    /// An estimate in the smallest unit, to the whole of the currency: `58,750 EUR`.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "money is not negative; casts saturate"
    )]
    pub fn rounded_money(&self, amount: f64, currency: &str) -> String {
        let whole = (amount / f64::from(10_u32.pow(places(currency)))).round();
        format!("{} {currency}", self.count(whole as u64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_currency_as_it_is_divided() {
        let words = Words::english();
        assert_eq!(words.money(125_000, "EUR"), "1,250.00 EUR");
        assert_eq!(words.money(7, "USD"), "0.07 USD");
        assert_eq!(words.money(125_000, "JPY"), "125,000 JPY");
        assert_eq!(words.money(1_250_005, "KWD"), "1,250.005 KWD");
        assert_eq!(words.rounded_money(5_875_049.9, "EUR"), "58,750 EUR");
    }
}
