//! The law's pages: its index, each instrument that is named, each article that is cited.

use super::row::{right_chip, row};
use super::{Press, Sheet, View, head};
use crate::law::{self, Article, Bound, Confidence, Derogation, Instrument, Reference};
use crate::output::edition::Edition;
use crate::output::{Draft, address};
use crate::report::{ClaimId, Mention, MentionId, NoteId};
use crate::theme::view::{
    ArticleItem, ArticleView, Fact, InstrumentGroup, InstrumentItem, InstrumentView, LawIndexView,
    Link, Neighbour, ParallelItem, PinpointGroup, PinpointItem, StateStatus,
};
use crate::words::fill;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the report says of one article.
#[derive(Default)]
struct Cited {
    claims: Vec<ClaimId>,
    mentions: Vec<MentionId>,
}

/// Every article that is cited, by instrument and number; the empty number is the whole instrument.
type Index<'a> = BTreeMap<&'a str, BTreeMap<(Vec<u64>, &'a str), Cited>>;

fn index<'a>(edition: &'a Edition) -> Index<'a> {
    let mut index: Index = BTreeMap::new();
    let mut at = |reference: &'a Reference, add: &dyn Fn(&mut Cited)| {
        let key = (address::numeric(&reference.article), reference.article.as_str());
        add(index.entry(&reference.instrument).or_default().entry(key).or_default());
    };
    for (id, mention) in edition.report.mentions() {
        at(&mention.reference, &|cited| cited.mentions.push(id));
    }
    for (id, claim) in edition.report.claims() {
        for article in &claim.articles {
            at(&article.reference, &|cited| {
                if cited.claims.last() != Some(&id) {
                    cited.claims.push(id);
                }
            });
        }
    }
    for source in edition.report.sources.iter().filter(|source| source.is_instrument) {
        index.entry(&source.key).or_default();
    }
    index
}

/// All pages of the law.
pub fn pages<'e>(press: &'e Press<'e>) -> Vec<Draft<'e>> {
    let edition = press.edition;
    let index = Arc::new(index(edition));
    let mut drafts = vec![press.small(index_sheet(edition, &index))];
    for (id, articles) in &*index {
        let Some(instrument) = edition.law.instrument(id) else { continue };
        drafts.push(press.small(instrument_sheet(edition, instrument, articles)));
        let cited: Vec<&str> =
            articles.keys().map(|(_, number)| *number).filter(|n| !n.is_empty()).collect();
        for (place, &number) in cited.iter().enumerate() {
            let before = place.checked_sub(1).map(|at| cited[at]);
            let around = (before, cited.get(place + 1).copied());
            let index = Arc::clone(&index);
            let path = format!("{}index.html", address::article(id, number));
            drafts
                .push(press.page(path, move || {
                    article_sheet(edition, &index, instrument, number, around)
                }));
        }
    }
    drafts
}

fn index_sheet(edition: &Edition, index: &Index) -> Sheet {
    let page = "law/";
    let title = edition.words.law.clone();
    let mut groups: BTreeMap<usize, InstrumentGroup> = BTreeMap::new();
    for (id, articles) in index {
        let Some(instrument) = edition.law.instrument(id) else { continue };
        let rank = ["universal", "regional", "national"]
            .iter()
            .position(|level| *level == instrument.level)
            .unwrap_or(3);
        let title = edition.words.levels.get(&instrument.level).cloned();
        let group = groups.entry(rank).or_insert_with(|| InstrumentGroup {
            title: title.unwrap_or_else(|| instrument.level.clone()),
            instruments: Vec::new(),
        });
        group.instruments.push(instrument_item(edition, instrument, articles, page));
    }
    let view =
        LawIndexView { groups: groups.into_values().collect(), state_line: state_line(edition) };
    let head = head::head(edition, page, &title, &[]);
    Sheet { path: format!("{page}index.html"), head, view: View::LawIndex(view) }
}

/// The State under review and the report's day.
fn state_line(edition: &Edition) -> Option<String> {
    let state = edition.law.state()?;
    let name = law::state_name(state).unwrap_or(state);
    Some(match edition.law.date() {
        Some(date) => format!("{name}, {}", edition.words.date(date)),
        None => name.to_owned(),
    })
}

fn instrument_item(
    edition: &Edition,
    instrument: &Instrument,
    articles: &BTreeMap<(Vec<u64>, &str), Cited>,
    page: &str,
) -> InstrumentItem {
    let mut claims: Vec<ClaimId> =
        articles.values().flat_map(|cited| &cited.claims).copied().collect();
    claims.sort_unstable();
    claims.dedup();
    InstrumentItem {
        short_name: instrument.short_name.clone(),
        name: instrument.name.clone(),
        url: address::relative(page, &address::instrument(&instrument.id)),
        status: status(edition, instrument).map(|status| status.sentence).unwrap_or_default(),
        articles: articles.keys().filter(|(_, number)| !number.is_empty()).count(),
        claims: claims.len(),
        mentions: articles.values().map(|cited| cited.mentions.len()).sum(),
    }
}

/// How the State under review stands to the instrument on the report's day.
fn status(edition: &Edition, instrument: &Instrument) -> Option<StateStatus> {
    let state = edition.law.state()?;
    let words = edition.words;
    let day = edition.law.date();
    let name = law::state_name(state).unwrap_or(state);
    let date = day.map(|date| words.date(date)).unwrap_or_default();
    let (id, pattern, since) = match law::bound(instrument, state, day) {
        Bound::National | Bound::Foreign => return None,
        Bound::Party { since, .. } if since.len() == 4 => ("bound", &words.bound_year, since),
        Bound::Party { since, .. } => ("bound", &words.bound, words.date(&since)),
        Bound::JoinedLater { date, .. } => ("not-bound", &words.not_bound, words.date(&date)),
        Bound::NotParty { .. } => ("not-bound", &words.not_bound, String::new()),
        Bound::NotBinding(_) => ("not-bound", &words.binds_nobody, String::new()),
        Bound::Unknown => ("unknown", &words.status_unknown, String::new()),
    };
    let values = [("date", date.as_str()), ("state", name), ("since", &since), ("year", &since)];
    let mut sentence = fill(pattern, &values);
    if id == "not-bound" && !since.is_empty() {
        sentence.push(' ');
        sentence.push_str(&fill(&words.joined_later, &values));
    }
    Some(StateStatus { id: id.to_owned(), sentence, reservations: Vec::new() })
}

fn instrument_sheet(
    edition: &Edition,
    instrument: &Instrument,
    cited: &BTreeMap<(Vec<u64>, &str), Cited>,
) -> Sheet {
    let page = address::instrument(&instrument.id);
    let trail = [(edition.words.law.as_str(), "law/".to_owned())];
    let mut head = head::head(edition, &page, &instrument.short_name, &trail);
    head.description = Some(instrument.name.clone());
    if let Some(url) = edition.absolute(&page) {
        head.json_ld =
            head::graph(&head, vec![head::legislation(instrument, &url, &instrument.name)]);
    }
    let whole = cited.iter().find(|((_, number), _)| number.is_empty()).map(|(_, cited)| cited);
    let view = InstrumentView {
        short_name: instrument.short_name.clone(),
        name: instrument.name.clone(),
        kicker: kicker(edition, instrument),
        facts: facts(edition, instrument),
        links: links(instrument),
        status: status(edition, instrument),
        articles: instrument
            .articles
            .iter()
            .map(|article| article_item(edition, instrument, article, cited, &page))
            .collect(),
        claims: whole.map(|cited| claim_rows(edition, &cited.claims, &page)).unwrap_or_default(),
        mentions: whole
            .map(|cited| super::sentence::items(edition, other_mentions(edition, cited), &page))
            .unwrap_or_default(),
        provenance: instrument.version_note.clone().unwrap_or_default(),
    };
    Sheet { path: format!("{page}index.html"), head, view: View::Instrument(view) }
}

fn claim_rows(
    edition: &Edition,
    claims: &[ClaimId],
    page: &str,
) -> Vec<crate::theme::view::ClaimRow> {
    claims.iter().map(|claim| row(edition, *claim, page)).collect()
}

fn kicker(edition: &Edition, instrument: &Instrument) -> String {
    let name = instrument.kind.name();
    let kind = edition.words.instruments.get(name).cloned().unwrap_or_else(|| name.to_owned());
    match instrument.jurisdiction.as_deref().map(|code| law::state_name(code).unwrap_or(code)) {
        Some(state) => format!("{kind}, {state}"),
        None => kind,
    }
}

fn facts(edition: &Edition, instrument: &Instrument) -> Vec<Fact> {
    let words = edition.words;
    let mut facts = Vec::new();
    let mut add = |label: &str, value: String, is_symbol: bool| {
        if !value.is_empty() {
            facts.push(Fact { label: label.to_owned(), value, is_symbol });
        }
    };
    let adopted = &instrument.adopted;
    let mut parts: Vec<String> = adopted.date.iter().map(|date| words.date(date)).collect();
    parts.extend(adopted.place.clone());
    parts.extend(adopted.by.clone());
    parts.extend(adopted.resolution.clone());
    add(&words.adopted, parts.join(", "), false);
    let in_force = instrument.in_force.as_deref().map(|date| words.date(date));
    add(&words.in_force, in_force.unwrap_or_default(), false);
    let symbol = |name: &str| instrument.symbol(name).unwrap_or_default().to_owned();
    add(&words.un_document, symbol("un_document"), true);
    if let Some(volume) = instrument.symbol("unts_volume") {
        let page = instrument.symbol("unts_page").map(|page| format!(", p. {page}"));
        add(&words.unts, format!("vol. {volume}{}", page.unwrap_or_default()), true);
    }
    add(&words.body, instrument.supervisory_body.clone().unwrap_or_default(), false);
    facts
}

fn links(instrument: &Instrument) -> Vec<Link> {
    let link = |(publisher, url): &(String, String)| Link {
        label: publisher.replace('_', " ").to_uppercase(),
        url: url.clone(),
    };
    let safe = instrument
        .urls
        .0
        .iter()
        .filter(|(_, url)| matches!(address::scheme(url).as_deref(), Some("http" | "https")));
    safe.map(link).collect()
}

fn article_item(
    edition: &Edition,
    instrument: &Instrument,
    article: &Article,
    cited: &BTreeMap<(Vec<u64>, &str), Cited>,
    page: &str,
) -> ArticleItem {
    let here = cited.iter().filter(|((_, number), _)| {
        !number.is_empty()
            && instrument.article(number).is_some_and(|known| std::ptr::eq(known, article))
    });
    let (mut claims, mut mentions, mut url) = (0, 0, None);
    for ((_, number), cited) in here {
        claims += cited.claims.len();
        mentions += other_mentions(edition, cited).count();
        url.get_or_insert_with(|| {
            address::relative(page, &address::article(&instrument.id, number))
        });
    }
    ArticleItem {
        label: unit_label(edition, instrument, &article.label()),
        title: article.title.clone(),
        url,
        claims,
        mentions,
    }
}

/// `Article 19`, or `Paragraph 7` where the instrument counts paragraphs.
fn unit_label(edition: &Edition, instrument: &Instrument, number: &str) -> String {
    let pattern = match instrument.unit {
        law::Unit::Paragraph => &edition.words.paragraph_ref,
        _ => &edition.words.article_ref,
    };
    fill(pattern, &[("n", number)])
}

/// The mentions that are not part of a claim.
fn other_mentions<'a>(edition: &'a Edition, cited: &'a Cited) -> impl Iterator<Item = &'a Mention> {
    let mentions = cited.mentions.iter().map(|id| edition.report.mention(*id));
    let evidence = cited.claims.iter().flat_map(|id| &edition.report.claim(*id).notes);
    let evidence: BTreeSet<NoteId> = evidence.copied().collect();
    // A citation in the evidence of a claim is shown with the claim.
    let is_shown = move |mention: &&Mention| {
        mention.is_citation && mention.note.is_some_and(|note| evidence.contains(&note))
    };
    mentions.filter(move |mention| mention.claim.is_none() && !is_shown(mention))
}

fn article_sheet(
    edition: &Edition,
    index: &Index,
    instrument: &Instrument,
    number: &str,
    (before, after): (Option<&str>, Option<&str>),
) -> Sheet {
    let unlisted = Article::unlisted(number);
    let article = instrument.article(number).unwrap_or(&unlisted);
    let cited = &index[&*instrument.id][&(address::numeric(number), number)];
    let page = address::article(&instrument.id, number);
    let label = unit_label(edition, instrument, number);
    let trail = [
        (edition.words.law.as_str(), "law/".to_owned()),
        (instrument.short_name.as_str(), address::instrument(&instrument.id)),
    ];
    let mut head = head::head(edition, &page, &label, &trail);
    head.title = format!("{} {}", instrument.short_name, label);
    head.description = Some(article.title.clone()).filter(|title| !title.is_empty());
    if let Some(url) = edition.absolute(&page) {
        let mut item = head::legislation(instrument, &url, &head.title);
        // The official text is that of the whole instrument.
        let whole = edition.absolute(&address::instrument(&instrument.id)).unwrap_or_default();
        item["sameAs"] = serde_json::Value::Null;
        item["isPartOf"] = head::legislation(instrument, &whole, &instrument.name);
        head.json_ld = head::graph(&head, vec![item]);
    }
    let neighbour = |number: &str| Neighbour {
        kicker: unit_label(edition, instrument, number),
        title: instrument.article(number).map(|a| a.title.clone()).unwrap_or_default(),
        url: address::relative(&page, &address::article(&instrument.id, number)),
        ..Neighbour::default()
    };
    let reference = Reference {
        instrument: instrument.id.to_string(),
        article: number.to_owned(),
        pinpoint: String::new(),
    };
    let view = ArticleView {
        instrument: Link {
            label: instrument.name.clone(),
            url: address::relative(&page, &address::instrument(&instrument.id)),
        },
        label,
        title: article.title.clone(),
        reference: reference.to_string(),
        links: links(instrument),
        rights: article.rights.iter().map(|id| right(edition, id, &page)).collect(),
        derogation: derogation(edition, article),
        confidence: (article.confidence == Confidence::Low)
            .then(|| edition.words.low_confidence.clone()),
        status: status(edition, instrument),
        pinpoints: pinpoints(edition, article, &reference, cited),
        groups: groups(edition, &reference, cited, &page),
        claim_count: cited.claims.len(),
        mentions: super::sentence::items(edition, other_mentions(edition, cited), &page),
        parallels: parallels(edition, index, instrument, article, &page),
        prev: before.map(&neighbour),
        next: after.map(&neighbour),
    };
    Sheet { path: format!("{page}index.html"), head, view: View::Article(Box::new(view)) }
}

/// A right; linked only where a claim about it stands in the register.
fn right(edition: &Edition, id: &str, page: &str) -> crate::theme::view::RightChip {
    let mut chip = right_chip(id, page);
    if !edition.report.claims().any(|(_, claim)| claim.rights.iter().any(|right| right == id)) {
        chip.url = None;
    }
    chip
}

fn derogation(edition: &Edition, article: &Article) -> Option<String> {
    let words = edition.words;
    let line = match article.derogation {
        Derogation::Forbidden => &words.derogation_forbidden,
        Derogation::Allowed => &words.derogation_allowed,
        Derogation::Partly => &words.derogation_partly,
        _ => return article.absolute.then(|| words.absolute.clone()),
    };
    Some(match article.absolute {
        true => format!("{} {line}", words.absolute),
        false => line.clone(),
    })
}

/// The references at which the claims cite this article.
fn cited_at<'a>(
    edition: &'a Edition,
    article: &'a Reference,
    cited: &'a Cited,
) -> impl Iterator<Item = (&'a Reference, ClaimId)> {
    cited.claims.iter().flat_map(move |&id| {
        let articles = edition.report.claim(id).articles.iter().map(|a| &a.reference);
        let here = articles.filter(|reference| {
            reference.instrument == article.instrument && reference.article == article.article
        });
        here.map(move |reference| (reference, id))
    })
}

/// The listed parts of the article and those that are cited without being listed.
fn pinpoints(
    edition: &Edition,
    article: &Article,
    reference: &Reference,
    cited: &Cited,
) -> Vec<PinpointItem> {
    let mut claims: BTreeMap<String, usize> = BTreeMap::new();
    for (at, _) in cited_at(edition, reference, cited) {
        *claims.entry(address::pinpoint(&at.pinpoint)).or_default() += 1;
    }
    let mut items: BTreeMap<Vec<u64>, PinpointItem> = BTreeMap::new();
    let mut add = |path: &str, title: &str| {
        let parts = law::path_of(path);
        let id = address::pinpoint(path);
        let label = parts.iter().enumerate().map(|(depth, part)| match depth {
            0 => (*part).to_owned(),
            _ => format!("({part})"),
        });
        let item = PinpointItem {
            id: id.clone(),
            label: label.collect(),
            title: title.to_owned(),
            level: parts.len().min(9) as u8,
            claims: claims.get(&id).copied().unwrap_or_default(),
        };
        if !id.is_empty() {
            items.entry(address::numeric(path)).or_insert(item);
        }
    };
    for paragraph in &article.paragraphs {
        add(&paragraph.path, &paragraph.label);
    }
    let mentioned = cited.mentions.iter().map(|id| &edition.report.mention(*id).reference);
    let claimed = cited_at(edition, reference, cited).map(|(at, _)| at);
    for at in mentioned.chain(claimed) {
        add(&at.pinpoint, "");
    }
    items.into_values().collect()
}

fn groups(edition: &Edition, article: &Reference, cited: &Cited, page: &str) -> Vec<PinpointGroup> {
    let mut groups: BTreeMap<Vec<u64>, (String, Vec<ClaimId>)> = BTreeMap::new();
    for (at, claim) in cited_at(edition, article, cited) {
        let key = address::numeric(&at.pinpoint);
        let group = groups.entry(key).or_insert_with(|| (at.pinpoint.clone(), Vec::new()));
        // The articles of a claim stand together.
        if group.1.last() != Some(&claim) {
            group.1.push(claim);
        }
    }
    groups
        .into_values()
        .map(|(pinpoint, claims)| {
            let anchor = address::pinpoint(&pinpoint);
            let label = pinpoint.trim_start_matches('(').replacen(')', "", 1);
            PinpointGroup {
                id: format!("claims-{}", if anchor.is_empty() { "whole" } else { &anchor }),
                title: match pinpoint.is_empty() {
                    true => edition.words.whole_article.clone(),
                    false => fill(&edition.words.paragraph_ref, &[("n", &label)]),
                },
                claims: claim_rows(edition, &claims, page),
            }
        })
        .collect()
}

/// Articles of other instruments about the same rights: those the report cites first, then those
/// of instruments that it names.
fn parallels(
    edition: &Edition,
    index: &Index,
    instrument: &Instrument,
    article: &Article,
    page: &str,
) -> Vec<ParallelItem> {
    let mut items = Vec::new();
    for other in edition.law.instruments() {
        let is_near =
            index.contains_key(&*other.id) || !other.is_national() && other.level == "universal";
        if other.id == instrument.id || !is_near {
            continue;
        }
        for parallel in &other.articles {
            if !article.rights.iter().any(|right| parallel.rights.contains(right)) {
                continue;
            }
            let number = parallel.first_number();
            let is_cited = index
                .get(&*other.id)
                .is_some_and(|articles| articles.contains_key(&(address::numeric(number), number)));
            items.push((
                !is_cited,
                ParallelItem {
                    label: other.cite_words(&parallel.label(), ""),
                    title: parallel.title.clone(),
                    url: is_cited
                        .then(|| address::relative(page, &address::article(&other.id, number))),
                },
            ));
        }
    }
    items.sort_by_key(|(is_uncited, _)| *is_uncited);
    items.into_iter().map(|(_, item)| item).collect()
}
