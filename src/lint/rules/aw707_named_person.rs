//! AW707 named-person.

use crate::{
    config::Profile,
    diag::{Level, RuleId},
    lint::{
        Check, Fixes, Rule,
        language::{Part, Phrase},
    },
};

pub const RULE: Rule = Rule {
    id: RuleId { code: "AW707", name: "named-person", level: Level::Warning },
    profile: Profile::Standard,
    fixes: Fixes::None,
    since: "0.1.0",
    source: "Google, Site Reliability Workbook, chapter 10; the guide: do not single out individuals",
    explain: r"## What
A person's name or handle where the report tells what happened.
## Why
Readers remember the name and not the condition. Names belong in `review` and in owners of actions, as roles.
## Bad
```markdown
@kim restarted the wrong host.
```
## Good
```markdown
The on-call engineer restarted the wrong host; both have the same name up to the last letter.
```
## Fix
Put a role in the name's place.
",
    check: Check::Language(&PHRASE),
};

/// First names that are no other words.
macro_rules! first_names {
    () => {
        "Aaron|Adam|Ahmed|Aisha|Alan|Alex|Alexander|Ali|Alice|Alicia|Amanda|Amy|Ana|Andrea|Andreas|Andrew|Andy|\
         Angela|Anita|Anna|Anne|Anthony|Antonio|Arjun|Barbara|Ben|Benjamin|Bernd|Bob|Brandon|Brian|Bruno|Carla|\
         Carlos|Carol|Caroline|Catherine|Charles|Charlie|Chen|Chloe|Chris|Christian|Christina|Christine|Christopher|\
         Claire|Clara|Claudia|Colin|Craig|Cristina|Daniel|Daniela|Danielle|Dave|David|Deborah|Denise|Dennis|Derek|\
         Diana|Diego|Dmitri|Donald|Donna|Doug|Douglas|Ed|Edward|Elena|Eli|Elisa|Elizabeth|Ella|Emily|Emma|Eric|Erik|\
         Erin|Ethan|Eva|Evan|Fatima|Felix|Fiona|Francesca|Francis|Frank|Fred|Gabriel|Gary|George|Giulia|Greg|Gregory|\
         Hannah|Hans|Harry|Heather|Heidi|Helen|Henry|Hiroshi|Ian|Igor|Ingrid|Irina|Isabel|Ivan|Jacob|James|Jamie|Jan|\
         Jane|Janet|Jason|Javier|Jen|Jennifer|Jeremy|Jessica|Jim|Joan|Joe|Joel|Johan|John|Jon|Jonas|Jonathan|Jose|\
         Joseph|Josh|Joshua|Juan|Judith|Julia|Julian|Julie|Justin|Karen|Karl|Kate|Katherine|Kathryn|Katie|Keith|\
         Kelly|Ken|Kenji|Kenneth|Kevin|Kim|Klaus|Kyle|Larry|Lars|Laura|Lauren|Lea|Lena|Leo|Leon|Leonie|Leslie|Liam|\
         Lina|Linda|Lisa|Louis|Louise|Lucas|Lucy|Luis|Luka|Lukas|Lydia|Magnus|Manuel|Marcel|Marco|Marcus|Maria|Marie|\
         Marina|Mario|Markus|Martin|Martina|Mary|Mateo|Matt|Matthew|Matthias|Max|Megan|Mei|Melissa|Michael|Michelle|\
         Miguel|Mike|Miriam|Mohammed|Monica|Nadia|Nancy|Natalie|Natasha|Nathan|Neil|Nicholas|Nick|Nicola|Nicole|Nina|\
         Noah|Nora|Olga|Oliver|Olivia|Omar|Oscar|Pablo|Pamela|Patricia|Patrick|Paul|Paula|Pavel|Pedro|Peter|Petra|\
         Phil|Philip|Pierre|Pooja|Priya|Rachel|Rafael|Raj|Rajesh|Ralph|Raphael|Raymond|Rebecca|Ricardo|Richard|Rita|\
         Robert|Roberto|Robin|Roger|Ron|Ronald|Rosa|Ryan|Sam|Samantha|Samir|Samuel|Sandra|Sanjay|Sara|Sarah|Scott|\
         Sean|Sebastian|Sergio|Sharon|Simon|Simone|Sofia|Sonia|Sophia|Sophie|Stefan|Stella|Stephanie|Stephen|Steve|\
         Steven|Sue|Susan|Sven|Tanya|Tara|Teresa|Thomas|Tim|Timothy|Tina|Tobias|Todd|Tom|Tomas|Tony|Tyler|Ulrich|\
         Ursula|Valentina|Vanessa|Vera|Veronica|Victor|Victoria|Vikram|Vincent|Vladimir|Walter|Wei|Wendy|Wolfgang|\
         Xavier|Yan|Yasmin|Yuki|Yusuf|Yvonne|Zoe"
    };
}

static PHRASE: Phrase = Phrase {
    find: &[
        r"(?-i)(?:^|[\s(,;:])@[a-zA-Z][a-zA-Z0-9_-]*(?:[./][a-zA-Z0-9_-]+)*\b",
        concat!(
            r"(?-i)\b(?:",
            first_names!(),
            r")\b(?: [A-Z][a-z]+(?:-[A-Z][a-z]+)?| [A-Z]\.)?(?:'s|’s)? (?:also |then |had |has |was |is |and [A-Z][a-z]+ |who |later |again |quickly |accidentally |mistakenly |manually )*(?:[a-z]+(?:ed|es)|ran|runs|pushes|made|took|began|wrote|set|put|found|saw|knew|forgot|thought|sent|left|gave|told|led|shut|cut|did|change|commit|script|deploy|push|config|configuration|(?:could|should|would)(?: not)? have|typo|mistake|fix|query|command|laptop|patch|idea|merge|update|decision|branch)\b"
        ),
        concat!(
            r"(?-i)\b(?:[Aa]sk|[Tt]rain|[Rr]emind|[Hh]ave|[Gg]et|by|with|from|to|paged|asked|told|called) \b(?:",
            first_names!(),
            r")\b(?: [A-Z][a-z]+)?\b"
        ),
        r"(?-i)\b[A-Z][a-z]{2,} [A-Z]\. (?:[a-z]+ed|ran|made|pushed)\b",
        r"(?-i)(?:^|[\s(,;:])[a-z][a-z0-9._-]*@(?:[\s,;:)]|$)",
        r"(?-i)\b(?:Mr|Mrs|Ms)\.? [A-Z][a-z]+",
        r"(?-i)\b[A-Z][a-z]+ [A-Z][a-z]+ (?:had |has |also |then )?(?:typed|mistyped|clicked|misread|fat-fingered)\b",
    ],
    unless: &[
        r"(?-i)^\W*@[\w./-]+(?:(?:\W|and)+@[\w./-]+)*\W*$",
        r"^\W*(?:owners?|participants|attendees|authors?|reviewers?|assignees?|responders?|facilitators?|scribe|incident commander)\W*:",
        r"(?-i)@(?:media|import|types|angular|babel|Override|Inject|param|return|todo|latest|next|here|channel|everyone|daily|hourly|weekly|reboot|property|keyframes|charset|v?[0-9])",
        r"(?-i)\b(?:npm|yarn|package|decorator|annotation|annotated)\b",
        r"(?-i)\bSt\. ",
        // Organizations and telescopes with a first name in theirs.
        r"(?-i)\b(?:Aston Martin|Charles Schwab|Edward Jones|James Webb|John Deere|John Hancock|Lockheed Martin|Louis Vuitton|Marie Curie|Martin Marietta|Max Planck|Oscar Health|Philip Morris|Ralph Lauren|Raymond James|Robert Bosch|Robert Half|Thomas Cook|Vera Rubin)\b",
    ],
    parts: &[Part::Summary, Part::Factors, Part::Lessons, Part::Action, Part::Impact, Part::Response, Part::Other],
    questions: false,
    says: "names a person",
    help: "write the role: the on-call engineer, the reviewer, the database team",
};
