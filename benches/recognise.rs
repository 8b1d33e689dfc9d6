//! How fast the recogniser reads: prose without articles, and prose full of them.
//!
//! `cargo bench --bench recognise` prints megabytes of text per second, on one core.

use rapporteur::law::{Law, Scope, recognise, rights};
use std::hint::black_box;
use std::time::Instant;

/// Report prose with numbers, dates and money, and without a law.
const PLAIN: &str = "In June 2019 the authorities let 4,000 people march through the centre of the \
    city, the first rally of its kind in nine years, and 71 per cent of those asked in March said \
    that they had heard of it. Over 500 were held for up to 15 days; prices rose by 5.3 per cent, \
    and the party in power kept most of its 84 seats. A newspaper that wrote about it closed in \
    2016 after its debts reached 2 million dollars.";

/// Prose that cites in every sentence.
const CITING: &str = "Such rules violate the UDHR (Articles 20, 23) and the ICCPR (Article 22). They \
    breach article 14, paragraph 3 (d), of the International Covenant on Civil and Political Rights \
    and Articles 6 and 13 of the European Convention on Human Rights; Article 174 of the Criminal \
    Code is vague.";

fn main() {
    let start = Instant::now();
    let law = Law::new(Vec::new(), Some("2019-11-22"), Some("KZ"));
    black_box(rights());
    println!("load: {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    recognise(&law, &mut Scope::new(), "Article 9", &[]);
    println!("names of all instruments: {:.2} ms", start.elapsed().as_secs_f64() * 1e3);
    report("prose without articles", &law, PLAIN, 40_000);
    report("prose that cites in every sentence", &law, CITING, 4_000);
}

fn report(what: &str, law: &Law, text: &str, times: usize) {
    let mut best = f64::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        let mut scope = Scope::new();
        for _ in 0..times {
            scope.start_paragraph();
            black_box(recognise(law, &mut scope, black_box(text), &[]));
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    println!("{what}: {:.0} MB/s", (text.len() * times) as f64 / best / 1e6);
}
