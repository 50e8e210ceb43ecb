//! Words that tell nothing of a text, by language: a query can do without them, and they are no words of a pattern.

const ENGLISH: &str = "a about after all also an and any are as at be because been before being between both but by can \
could did do does during each for from had has have he her here his how i if in into is it its just like me more most \
my no not of off on once only or other our out over own same she should so some such than that the their them then \
there these they this those through to too under until up very was we were what when where which while who why will \
with would you your";
const GERMAN: &str = "aber alle als also am an auch auf aus bei bis da dann das dass dem den der des die dies diese \
dieser doch durch ein eine einem einen einer eines er es fur hat hatte ich ihr im in ist ja kann kein keine mehr mit \
nach nicht noch nur ob oder sehr sein sich sie sind so uber um und uns von vor war waren was wenn wer wie wird wir wo \
zu zum zur";

/// The words of a language, folded, with a space between them; of English where the language has no list.
#[must_use]
pub fn words(lang: &str) -> &'static str {
    if lang.starts_with("de") { GERMAN } else { ENGLISH }
}

const ENGLISH_DATES: &str = "january february march april may june july august september october november december \
monday tuesday wednesday thursday friday saturday sunday utc";
const GERMAN_DATES: &str = "januar februar marz april mai juni juli august september oktober november dezember \
montag dienstag mittwoch donnerstag freitag samstag sonntag uhr utc";

/// The names of months and days, as [`words`]: they tell when, and not what.
#[must_use]
pub fn dates(lang: &str) -> &'static str {
    if lang.starts_with("de") { GERMAN_DATES } else { ENGLISH_DATES }
}
