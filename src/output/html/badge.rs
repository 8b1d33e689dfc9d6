//! The badge of a claim: its number, its finding, its articles.

use super::{escape, marks};
use crate::output::address;
use crate::output::edition::Edition;
use crate::report::{ClaimArticle, ClaimId};
use crate::words::fill;

/// Appends the badge of `claim` for `page`.
pub fn push(out: &mut String, edition: &Edition, claim: ClaimId, page: &str) {
    let claim = edition.report.claim(claim);
    let label = fill(&edition.words.claim_ref, &[("n", &claim.number)]);
    let url = address::relative(page, &["claims/#", &claim.id].concat());
    out.push_str("<span class=\"cb\"><a class=\"cid\"");
    escape::attribute(out, "href", &url);
    out.push('>');
    escape::push(out, &label);
    out.push_str("</a>");
    if let Some(finding) = claim.finding {
        let mark = marks::finding(edition.words, finding);
        out.push_str(&format!(
            " <span class=\"mark {}\">{} {}</span>",
            mark.id,
            mark.shape,
            escape::escaped(&mark.word)
        ));
    }
    let mut articles = claim.articles.as_slice();
    while let Some(first) = articles.first() {
        let same = |a: &ClaimArticle| a.reference.instrument == first.reference.instrument;
        let count = articles.iter().take_while(|a| same(a)).count();
        pill(out, edition, &articles[..count], page);
        articles = &articles[count..];
    }
    out.push_str("</span>");
}

/// One pill for the articles of one instrument.
fn pill(out: &mut String, edition: &Edition, articles: &[ClaimArticle], page: &str) {
    out.push_str(" <span class=\"pill\">");
    for (index, article) in articles.iter().enumerate() {
        let reference = &article.reference;
        if index > 0 {
            out.push_str(", ");
        }
        let url = address::relative(page, &address::provision(reference));
        out.push_str("<a class=\"art\"");
        escape::attribute(out, "href", &url);
        // The page of the whole report has no table of provisions to show one from.
        if page != address::WHOLE {
            escape::attribute(out, "data-src", &address::authority(reference));
            escape::attribute(out, "data-title", &edition.provision_title(reference));
        }
        out.push('>');
        label(out, edition, article, index == 0);
        out.push_str("</a>");
    }
    out.push_str("</span>");
}

/// `ICCPR art. 19(3)` first, then `art. 21`; numbers keep their direction in every script.
fn label(out: &mut String, edition: &Edition, article: &ClaimArticle, with_instrument: bool) {
    let reference = &article.reference;
    let full = edition.provision_label(reference);
    let name = edition.law.instrument(&reference.instrument).map(|i| i.short_name.as_str());
    let short = name.and_then(|name| full.strip_prefix(name)).map(str::trim_start);
    let words = match short {
        Some(short) if !with_instrument && !short.is_empty() => short,
        _ => full.as_str(),
    };
    match words.rsplit_once(' ') {
        Some((unit, number)) => out.push_str(&format!(
            "{}\u{a0}<bdi dir=\"ltr\">{}</bdi>",
            escape::escaped(unit),
            escape::escaped(number)
        )),
        None => escape::push(out, words),
    }
}
