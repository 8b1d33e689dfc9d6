//! Generated bad input: the same seed gives the same bytes.

/// A generator of numbers (SplitMix64).
pub struct Dice(u64);

impl Dice {
    /// Starts with `seed`.
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// One of `items`.
    pub fn one<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())]
    }
}

/// Pieces of our dialect, of Markdown and of what is neither.
pub const SIGNS: &[&str] = &[
    "[^a]",
    "[^b]",
    "\n[^a]: ",
    "\n\n[^b]: {claim=expression law=\"iccpr:19\"} ",
    "[^",
    "^[",
    "]",
    "[",
    "[@key, p. 4]",
    "[see @key; @other]",
    "@key",
    "@sec-a",
    "@",
    "{",
    "}",
    "{#sec-a}",
    "{#id .class key=\"v w\"}",
    "{claim=assembly",
    "]{claim=\"a, b\" finding=violated}",
    "\n## ",
    "\n# ",
    "\n> [!box] ",
    "\n> [!pullquote]\n> ",
    "\n> ",
    "\n- ",
    "\n1. ",
    "\n    ",
    "\n```\n",
    "\n~~~rust\n",
    "`",
    "``",
    "*",
    "**",
    "_",
    "~~",
    "\n\n",
    "\n",
    "\r\n",
    "  \n",
    "\\",
    "\n---\n",
    "\n| a | b |\n| --- | --: |\n| 1 | ",
    " | ",
    "\n: Caption {#tbl-a}\n",
    "![a](b.svg \"c\"){#fig-a}",
    "![",
    "](",
    ")",
    "](law:iccpr/19(3))",
    "[x](y.md#z)",
    "<",
    ">",
    "<script>",
    "</div>",
    "<div class=\"x\">",
    "<!--",
    "-->",
    "<a href='",
    "&amp;",
    "&#x0;",
    "http://a.b/c",
    "a@b.org",
    "the UDHR (Articles 19, 20)",
    "Article 19(3) of the ICCPR",
    "Articles",
    "ICCPR",
    "(",
    "Kazakhstan’s constitution ",
    "violates the right to freedom of expression",
    "ст. 20 Конституции",
    "20-бап",
    "слово ",
    "人权",
    "\u{300}",
    "\u{200D}",
    "\0",
    "\u{FEFF}",
    "\u{2028}",
    "İ",
    "ẞ",
    "e.g. ",
    "Ibid. ",
    "word ",
    "a ",
    ". ",
    "; ",
    ": ",
    "“",
    "”",
    "’",
    "–",
    "1 ",
    "99999999999999999999 ",
    "§ ",
];

/// A whole report in small, to be damaged.
pub const FILES: &[(&str, &str)] = &[
    (
        "book.toml",
        "[book]\ntitle = \"T\"\ndate = \"2019-11-22\"\n\n[law]\nstate = \"KZ\"\n\n[checks]\nunused-note = \"off\"\n",
    ),
    (
        "citations.yaml",
        "key:\n  type: report\n  title: \"A: b\"\n  authors: [{org: Office}, \"Abdul, A.\"]\n  issued: 2019-11\n  url: https://example.org/a\n  accessed: 2019-11-22\nother: &o\n  type: news\n  title: |\n    Long\n  csl: {number: 4}\nthird: *o\n",
    ),
    (
        "instruments/xx.yaml",
        "id: xx\nname: Law on X\nshort_name: X Law\naliases: [Law on X]\nkind: statute\nbinding: true\nlevel: national\njurisdiction: KZ\nunit: article\narticles:\n- number: '2'\n  title: Freedom\n  rights: [expression]\n  paragraphs: [{ref: '1', label: one}]\n",
    ),
    (
        "content/01-a.md",
        "---\ntitle: \"A: b\"\nstart: {note: 97}\naliases: [old/a]\n---\n\nText[^a] names the ICCPR (Article 19).[^b]\n\n[^a]: {claim=expression law=\"udhr:19\"} See [@key, p. 4]; @other.\n[^b]: More.\n\n    > Quoted.\n\n## Law {#sec-law}\n\n> [!box] Box {#box-a}\n> In it.\n\n| a | b |\n| - | - |\n| 1 | 2 |\n\n: Table {#tbl-a}\n\nSee @sec-law, [words]{claim=assembly} <b>x</b>.\n",
    ),
];

/// One bad chapter of about `size` bytes.
pub fn chapter(dice: &mut Dice, size: usize) -> Vec<u8> {
    match dice.below(8) {
        0 => (0..size).map(|_| dice.below(256) as u8).collect(),
        1 => nested(dice, size),
        2 => table(dice, size),
        3 => one_sign(dice, size),
        4 => damaged(dice, FILES[3].1),
        5 => [
            b"---\n".to_vec(),
            damaged(dice, "title: a\nstart: {note: 4}\nauthors: [a, b]\n"),
            storm(dice, size),
        ]
        .concat(),
        _ => storm(dice, size),
    }
}

/// Signs in any order.
fn storm(dice: &mut Dice, size: usize) -> Vec<u8> {
    let mut text = Vec::new();
    while text.len() < size {
        text.extend_from_slice(dice.one(SIGNS).as_bytes());
    }
    text
}

/// One sign, or two, again and again.
fn one_sign(dice: &mut Dice, size: usize) -> Vec<u8> {
    let pair = [dice.one(SIGNS), dice.one(SIGNS)].concat();
    pair.repeat(1 + size / pair.len()).into_bytes()
}

/// One container within the next.
fn nested(dice: &mut Dice, size: usize) -> Vec<u8> {
    const OPEN: &[&str] = &[
        "> ",
        "- ",
        "1. ",
        "* ",
        "*a ",
        "**a ",
        "[a ",
        "![a ",
        "[a](",
        "^[a ",
        "[^a]: ",
        "<div>",
        "<b>",
        "~~a ",
        "> [!box] a\n> ",
        "[a [@key ",
        "{a=\"",
        "`a",
        "(",
        "“",
    ];
    let open = dice.one(OPEN);
    let mut text = open.repeat(1 + size / open.len());
    text.push_str(dice.one(&["deep", "\n\nx", "]", "]{.a}", ")", ""]));
    text.into_bytes()
}

fn table(dice: &mut Dice, size: usize) -> Vec<u8> {
    let columns = 1 + dice.below(60);
    let mut text = format!("{}|\n{}|\n", "| a ".repeat(columns), "| - ".repeat(columns));
    while text.len() < size {
        text.push_str(
            &format!("| {} ", dice.one(SIGNS).trim()).repeat(1 + dice.below(columns + 2)),
        );
        text.push('\n');
    }
    text.into_bytes()
}

/// `text` with a few bytes cut, doubled, moved or changed.
pub fn damaged(dice: &mut Dice, text: &str) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..1 + dice.below(4) {
        if bytes.is_empty() {
            break;
        }
        let at = dice.below(bytes.len());
        let to = (at + 1 + dice.below(12)).min(bytes.len());
        match dice.below(7) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..to)),
            2 => {
                let piece = bytes[at..to].to_vec();
                bytes.splice(at..at, piece);
            }
            3 => bytes[at] = dice.below(256) as u8,
            4 => drop(bytes.splice(at..at, dice.one(SIGNS).bytes())),
            5 => bytes = String::from_utf8_lossy(&bytes).replace('\n', "\r\n").into_bytes(),
            _ => drop(bytes.splice(at..at, b"\xEF\xBB\xBF\0".iter().copied())),
        }
    }
    bytes
}

/// Texts that are slow when repeated, if anything is looked up by walking; `#` is a number that grows.
pub const PATTERNS: &[&str] = &[
    "[^n#] ",
    "[^n#]: x\n\n",
    "x[^n#]\n\n[^n#]: y [@key, p. #].\n\n",
    "x[^n]",
    "## Same\n\n",
    "## H#\n\n",
    "## H {#sec-h#}\n\nSee @sec-h#.\n\n",
    "See @sec-u#. ",
    "[x](#h#) ",
    "[x](01-a.md#h#) ",
    "[x](y#.md) ",
    "![x](y#.svg) ",
    "> [!pullquote]\n> word word\n\nword\n\n",
    "> [!pullquote]\n> word\n\n",
    "[w#]{claim=assembly law=\"iccpr:21\"} ",
    "[w#]{claim=assembly law=\"iccpr:21\"}\n\n",
    "[w#[^c#]]{claim=assembly}.\n\n[^c#]: y\n\n",
    "W# s.[^d#]\n\n[^d#]: {claim=assembly} z\n\n",
    "the UDHR (Article 19) and ",
    "UDHR Article 19.\n\n",
    "Article # of ",
    "the Covenant ",
    "(Article 1",
    "Articles 1, 2, 3, ",
    "violates the right to privacy ",
    "[a]{x=",
    "[a]{x=“",
    "[a]{x=\"b",
    "[a]{.b",
    "[@a;",
    "[@a, p. (1 ",
    "[@a, p. 1, (",
    "@a [",
    "@{a",
    "@key [p. #] ",
    "[@key, p. #] ",
    "[@nope#] ",
    "@nope# ",
    "<script>",
    "<script></b>",
    "<svg>x</svg>",
    "<a \"",
    "<b>",
    "</b>",
    "<b><i>",
    "<!-- ",
    "<?",
    "<div>\n\n",
    "&",
    "&amp;",
    "\\",
    "\\[",
    "^[a] ",
    "^[",
    "[!box]",
    "> [!box] T\n\n",
    "| a ",
    "|\n|-",
    "| a |\n| - |\n\n",
    "- ",
    "- a\n",
    "  - a\n",
    "1. a\n",
    "> ",
    ">\n",
    "> a\n\n",
    "```\n",
    "```rust\nfn a() {}\n```\n\n",
    "    code\n",
    "~~~x\n",
    "a\n===\n",
    "***\n",
    "a  \n",
    "http://a.b ",
    "Ibid. ",
    "word. ",
    "e.g. ",
    "A. ",
    "\"",
    "'",
    "--",
    "...",
    "*a",
    "*a* ",
    "**a",
    "_a_b",
    "~a",
    "`a",
    "``",
    "(a",
    "İ",
    "\r\n",
    "\0",
    "слово. ",
    "人。",
    "5-бап ",
    "ст. 5 ",
    "1(a)(b)",
    "[[",
    "]]",
    "{",
    "{a=b ",
    "}",
    "![",
    "![a](b",
    "[a](<",
    "[a](b \"",
    "[a]: b\n",
    "[a#]: b\n[a#] ",
    "<http://a.b/#> ",
    "<a@b.c> ",
    "- [ ] a\n",
    ": a\n",
    "| a |\n| - |\n: C {#tbl-#}\n\n",
];
