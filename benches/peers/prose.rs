//! A seed becomes words: sentences about rights and offices, from a vocabulary of our own.
//!
//! The same seed gives the same words on every machine and for ever. No sentence names an article or
//! a right, so that a chapter holds the claims that it is given and no others.

/// A random number generator after Steele, Lea and Flood (2014), known as SplitMix64.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `end` without it; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// True once in `count` times.
    pub fn once_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    pub fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }
}

/// A sentence of 9 to 40 words, with its full stop.
pub fn sentence(random: &mut Random) -> String {
    let mut words = String::new();
    if random.once_in(3) {
        words.push_str(random.pick(OPENINGS));
        words.push_str(", ");
    }
    clause(random, &mut words);
    if random.once_in(2) {
        words.push(' ');
        words.push_str(random.pick(CIRCUMSTANCES));
    }
    if !random.once_in(3) {
        words.push_str(random.pick(LINKS));
        clause(random, &mut words);
    }
    words.push('.');
    capitalised(&words)
}

/// Somebody did something; once in a while with emphasis.
fn clause(random: &mut Random, words: &mut String) {
    let (actor, act, thing) = (random.pick(ACTORS), random.pick(ACTS), random.pick(THINGS));
    let thing = if random.once_in(40) { format!("*{thing}*") } else { thing.to_owned() };
    words.push_str(&format!("{actor} {act} {thing}"));
}

/// A name that sounds like one of the steppe and belongs to nobody.
pub fn family_name(random: &mut Random) -> String {
    let (first, middle, last) =
        (random.pick(NAME_HEADS), random.pick(NAME_MIDDLES), random.pick(NAME_TAILS));
    format!("{first}{middle}{last}")
}

pub fn given_name(random: &mut Random) -> &'static str {
    random.pick(GIVEN_NAMES)
}

/// The name of an office or a society that might have written a report.
pub fn organisation(random: &mut Random) -> String {
    format!("{} {}", random.pick(BODIES), random.pick(CAUSES))
}

/// A title of four to twelve words, as reports have them.
pub fn title(random: &mut Random) -> String {
    let (thing, place) = (random.pick(THINGS), random.pick(PLACES));
    match random.below(3) {
        0 => capitalised(&format!("{thing} in {place}")),
        1 => capitalised(&format!("{}: {thing}", random.pick(THEMES))),
        _ => capitalised(&format!("{} and {thing} in {place}", random.pick(THEMES))),
    }
}

/// `count` different headings.
pub fn headings(random: &mut Random, count: usize) -> Vec<String> {
    let mut themes: Vec<&str> = THEMES.to_vec();
    let mut drawn = Vec::new();
    while drawn.len() < count && !themes.is_empty() {
        let theme = themes.swap_remove(random.below(themes.len()));
        drawn.push(capitalised(&format!("{theme} in {}", random.pick(PLACES))));
    }
    drawn
}

pub fn town(random: &mut Random) -> &'static str {
    random.pick(TOWNS)
}

pub fn role(random: &mut Random) -> &'static str {
    random.pick(ROLES)
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

const OPENINGS: &[&str] = &[
    "in the spring of that year",
    "two days before the vote",
    "by the time the file was closed",
    "when the session opened",
    "after a second appeal",
    "without giving a reason",
    "on paper at least",
    "at the request of several families",
    "as the season of rallies drew near",
    "for the third time in a decade",
    "under the new rules",
    "behind closed doors",
];

const ACTORS: &[&str] = &[
    "the regional court",
    "the ministry",
    "a committee of three",
    "the mayor’s office",
    "the editors of two small papers",
    "the public prosecutor",
    "an observer from abroad",
    "the teachers’ society",
    "the governor",
    "the residents of the quarter",
    "several members of parliament",
    "the ombudsman",
    "a retired judge",
    "the head of the local station",
    "the organisers of the march",
    "the commission",
    "the bar association",
    "a group of students",
    "the miners",
    "the telephone company",
    "counsel for the families",
    "the library board",
    "the prison doctor",
    "the clerk of the council",
    "the printers",
    "an adviser to the cabinet",
];

const ACTS: &[&str] = &[
    "refused",
    "put off",
    "kept back",
    "read out",
    "signed",
    "defended",
    "questioned",
    "published",
    "withdrew",
    "amended",
    "recorded",
    "returned",
    "praised in public",
    "asked to see",
    "disputed",
    "quietly dropped",
    "sent on to the capital",
    "did not mention",
    "compared with earlier practice",
    "described in some detail",
    "could not explain",
    "promised to review",
    "insisted on",
    "made light of",
];

const THINGS: &[&str] = &[
    "the request of the editors",
    "a list of names",
    "the minutes of the hearing",
    "a draft that nobody had seen",
    "the figures for the winter",
    "the rule on permits",
    "a petition with nine hundred signatures",
    "the licence of the station",
    "the order of the day",
    "an answer of two lines",
    "the plan for the square",
    "the register of members",
    "the terms of the lease",
    "a letter from the regional capital",
    "the findings of the inquiry",
    "the budget of the school",
    "the transcript of the session",
    "a change to the electoral roll",
    "the fine of forty units",
    "the promise of a public debate",
    "the statement of the witness",
    "a ban on loudspeakers",
    "the custom of advance notice",
    "the closing of the reading room",
    "the report of the visiting mission",
    "the award of the contract",
];

const CIRCUMSTANCES: &[&str] = &[
    "in the presence of the press",
    "within a single afternoon",
    "against the advice of its own lawyers",
    "for reasons that remained unclear",
    "a week after the deadline",
    "on the steps of the town hall",
    "with the help of a neighbour",
    "in three of the five districts",
    "although the archive was open",
    "before anybody could object",
    "at a price of some trust",
    "as it had done in former years",
];

const LINKS: &[&str] = &[
    ", although ",
    ", because ",
    "; in the same month ",
    ", and a little later ",
    ", while ",
    ", but ",
    " before ",
    ", which was the day on which ",
];

const THEMES: &[&str] = &[
    "permits and their price",
    "small papers",
    "the open square",
    "listening offices",
    "a season of rallies",
    "courts at a distance",
    "the long wait for an answer",
    "schools and societies",
    "the counting of votes",
    "rooms without windows",
    "lists and registers",
    "work underground",
    "the airwaves",
    "petitions from below",
    "the habit of silence",
    "promises kept and broken",
];

const PLACES: &[&str] = &[
    "the northern districts",
    "the river towns",
    "the capital",
    "the mining basin",
    "the old quarter",
    "the border region",
    "the lake country",
    "the southern market towns",
    "the new suburbs",
    "the western ports",
];

const TOWNS: &[&str] = &["Almaty", "Aktobe", "Karaganda", "Shymkent", "Pavlodar", "Oral", "Taraz"];

const ROLES: &[&str] =
    &["an editor", "a lawyer", "a teacher", "a former official", "a student", "a trade unionist"];

const NAME_HEADS: &[&str] = &[
    "Al", "Bai", "Dan", "Er", "Kai", "Kol", "Len", "Mar", "Nur", "Or", "Ras", "Sal", "Sen", "Tal",
    "Tok", "Um", "Yer", "Zhan",
];

const NAME_MIDDLES: &[&str] =
    &["a", "ba", "bol", "da", "ga", "ki", "la", "mo", "ra", "sa", "ta", "ti", "zho"];

const NAME_TAILS: &[&str] = &["bayev", "kin", "lina", "menov", "nova", "rov", "shev", "tova"];

const GIVEN_NAMES: &[&str] = &[
    "Aigul", "Anna", "Bolat", "Dana", "Daniyar", "Elena", "Gulnara", "Ivan", "Jane", "Kairat",
    "Lena", "Marat", "Nina", "Olzhas", "Peter", "Roza", "Saule", "Timur", "Vera", "Zarina",
];

const BODIES: &[&str] = &[
    "Institute for",
    "Society for",
    "Bureau of",
    "Forum on",
    "Centre for the Study of",
    "Observatory of",
];

const CAUSES: &[&str] = &[
    "Public Records",
    "Open Hearings",
    "Electoral Practice",
    "Free Assembly",
    "the Rights of Prisoners",
    "Civic Education",
    "Press and Broadcasting",
    "Regional Justice",
];
