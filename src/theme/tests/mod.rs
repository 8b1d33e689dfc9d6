use super::*;
use crate::diagnostic::TEMPLATE_ERROR;
use std::collections::HashSet;

mod chapter;
mod law;
mod samples;

/// All sample pages: path of the file and HTML.
fn pages(theme: &Theme, site: &Site) -> Vec<(String, String)> {
    let frame = theme.frame(site, Words::of_or_english(&site.language));
    let render = |url: &str, title: &str, page: Page<'_>| {
        let html = theme.render(&frame, &samples::head(url, title), page).expect("renders");
        (format!("{url}index.html"), html)
    };
    let mut by_right = samples::register();
    by_right.order = "right".into();
    by_right.orders.iter_mut().for_each(|order| order.url.insert_str(0, "../"));
    let mut pages = vec![
        render("", &site.title, Page::Home(&samples::home())),
        render("permission/", "Permission to speak", Page::Chapter(&chapter::chapter())),
        render("sources/", "Sources", Page::Sources(&samples::sources())),
        render("claims/", "Register of claims", Page::Register(&samples::register())),
        render("claims/by-right/", "Register of claims", Page::Register(&by_right)),
        render("law/", "Law", Page::LawIndex(&law::index())),
        render("law/iccpr/", "ICCPR", Page::Instrument(&law::instrument())),
        render("law/iccpr/article-19/", "ICCPR Article 19", Page::Article(&law::article())),
        render("search/", "Search", Page::Search(&samples::search())),
        render("old/", "Moved", Page::Redirect(&samples::redirect())),
    ];
    let head = samples::head("", "Page not found");
    let html = theme.render(&frame, &head, Page::NotFound(&samples::not_found())).expect("renders");
    pages.push(("404.html".into(), html));
    pages
}

/// Writes a sample site into the temporary folder, to be looked at and for browser checks.
fn write(folder: &str, theme: &Theme, site: &Site) -> Vec<(String, String)> {
    let root = std::env::temp_dir().join("rapporteur-theme").join(folder);
    let pages = pages(theme, site);
    let register = samples::register();
    let css = register_css(&register.rights, &register.instruments, &register.findings);
    let extra: [(&str, &[u8]); 2] =
        [("assets/register.css", css.as_bytes()), ("assets/fig.svg", include_bytes!("fig.svg"))];
    let files = pages.iter().map(|(path, html)| (path.as_str(), html.as_bytes()));
    for (path, bytes) in
        files.chain(theme.assets().map(|(path, bytes)| (path, &bytes[..]))).chain(extra)
    {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("has a parent")).expect("temporary folder");
        std::fs::write(path, bytes).expect("temporary file");
    }
    pages
}

/// The values of attribute `name` in `html`.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn template(path: &str, text: &str) -> Template {
    Template { path: path.into(), file: FileId(7), text: text.into() }
}

fn overlaid(path: &str, text: &str) -> Result<Theme, Vec<Diagnostic>> {
    Theme::load(&[template(path, text)], &[])
}

fn render_404(theme: &Theme) -> Result<String, Box<Diagnostic>> {
    let site = samples::site();
    let frame = theme.frame(&site, Words::of_or_english("en"));
    let view = samples::not_found();
    theme.render(&frame, &samples::head("", "Lost & <found>"), Page::NotFound(&view))
}

#[test]
fn every_page_renders_in_every_language_and_look() {
    for words in Words::all() {
        let site = Site { language: words.tag.clone(), dir: words.dir.clone(), ..samples::site() };
        for (path, html) in write(&words.tag, &Theme::builtin(), &site) {
            assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\""), "{path}");
            assert!(html.trim_end().ends_with("</html>"), "{path}");
        }
    }
    for look in ["bulletin", "ministry"] {
        let site = Site { look: Some(look.into()), ..samples::site() };
        let pages = write(look, &Theme::builtin(), &site);
        assert!(pages[1].1.contains(&format!("assets/look-{look}.css")));
    }
}

#[test]
fn ids_are_unique_and_links_within_a_page_arrive() {
    for (path, html) in pages(&Theme::builtin(), &samples::site()) {
        let mut ids = HashSet::new();
        for id in attributes(&html, "id") {
            assert!(ids.insert(id), "{path}: {id} twice");
        }
        for target in attributes(&html, "href").iter().filter_map(|url| url.strip_prefix('#')) {
            assert!(ids.contains(target), "{path}: #{target} leads nowhere");
        }
        let popovers = attributes(&html, "popovertarget");
        assert!(popovers.iter().all(|id| ids.contains(id)), "{path}");
    }
}

#[test]
fn a_page_asks_for_nothing_from_other_hosts_and_runs_no_inline_script() {
    for (path, html) in pages(&Theme::builtin(), &samples::site()) {
        assert!(attributes(&html, "src").iter().all(|url| !url.contains("//")), "{path}");
        assert!(!html.contains(" style=") && !html.contains(" onclick="), "{path}");
        for script in html.split("<script").skip(1) {
            let is_data = script.starts_with(" type=\"application/ld+json\"");
            // The one that sets the reader's theme; the policy names it by its hash, and the browser
            // tests see that it runs.
            let is_theme = script.starts_with(">(function(r){try{['theme'");
            let is_known = is_theme && html.contains("script-src 'self' 'sha256-");
            assert!(is_data || is_known || script.starts_with(" src=\""), "{path}: inline script");
        }
    }
}

#[test]
fn what_a_reading_page_loads_stays_small() {
    let theme = Theme::builtin();
    let size = |name: &str| theme.assets().find(|(path, _)| *path == name).expect(name).1.len();
    assert!(size("assets/reader.css") <= 20_000, "{}", size("assets/reader.css"));
    assert!(size("assets/reader.js") <= 8_000);
    assert!(theme.assets().all(|(path, _)| path.starts_with("assets/")));
}

#[test]
fn text_is_escaped_and_finished_html_is_not() {
    let html = render_404(&Theme::builtin()).expect("renders");
    assert!(html.contains("<title>Lost &amp; &lt;found&gt; | "), "{html}");
    let mut view = samples::sources();
    view.groups[0].entries[0].kind = "<b>".into();
    let theme = Theme::builtin();
    let frame = theme.frame(&samples::site(), Words::of_or_english("en"));
    let head = samples::head("sources/", "Sources");
    let html = theme.render(&frame, &head, Page::Sources(&view)).expect("renders");
    assert!(html.contains("&lt;b&gt;") && html.contains("<cite>Closed courts"));
}

#[test]
fn a_file_of_the_project_takes_the_place_of_one_file() {
    let theme = overlaid("parts/footer.html", "<footer>Ours</footer>").expect("loads");
    let html = render_404(&theme).expect("renders");
    assert!(html.contains("<footer>Ours</footer>") && html.contains("<header class=\"site\">"));
    let text =
        "{% extends \"builtin/404.html\" %}{% block main %}Mine, {{ super() }}{% endblock %}";
    let html = render_404(&overlaid("404.html", text).expect("loads")).expect("renders");
    assert!(html.contains("Mine, <article") && html.contains("Page not found"));
}

#[test]
fn an_asset_of_the_project_takes_the_place_of_one_asset() {
    let mine = [
        ("assets/icon.svg".to_owned(), Asset::from(&b"<svg/>"[..])),
        ("assets/logo.png".to_owned(), Asset::from(&b"png"[..])),
    ];
    let theme = Theme::load(&[], &mine).expect("loads");
    let bytes = |name: &str| theme.assets().find(|(path, _)| *path == name).map(|(_, b)| &b[..]);
    assert_eq!(bytes("assets/icon.svg"), Some(&b"<svg/>"[..]));
    assert_eq!(bytes("assets/logo.png"), Some(&b"png"[..]));
    assert!(bytes("assets/reader.css").is_some_and(|css| !css.starts_with(b"/*")));
}

/// The place and message of the one diagnostic for `text` as `404.html`.
fn problem(text: &str) -> (String, String) {
    let found = match overlaid("404.html", text) {
        Err(mut found) => found.remove(0),
        Ok(theme) => *render_404(&theme).expect_err("fails"),
    };
    assert_eq!(found.code, &TEMPLATE_ERROR);
    assert_eq!(found.span.file, FileId(7));
    (text[found.span.range()].to_owned(), found.message)
}

#[test]
fn an_error_in_a_template_is_put_at_its_place() {
    let (place, message) = problem("<p>ж</p>\n{{ page.titel }}");
    assert_eq!((place.as_str(), message.as_str()), ("titel", "field `titel` is not defined"));
    let (place, message) = problem("ok\n  {{ page.title | shout }}");
    assert_eq!(place, "shout", "{message}");
    let (place, message) = problem("{% if page %}\n{% endfor %}");
    assert!(place.contains("endfor"), "{place}: {message}");
    let (place, message) = problem("{{ 3 | counted(of=\"sheep\") }}");
    assert!(place.starts_with("counted") && message.contains("sheep"), "{place}: {message}");
    let (_, message) = problem("{% include \"nothing.html\" %}");
    assert!(message.contains("nothing.html"), "{message}");
}

#[test]
fn templates_that_cannot_be_joined_are_told_at_the_tag() {
    let (place, message) = problem("{% extends \"404.html\" %}");
    assert_eq!(place, "{% extends \"404.html\" %}");
    assert_eq!(message, "`404.html` extends itself");
    let (place, message) = problem("{%- extends 'builtin/405.html' %}");
    assert_eq!(place, "{%- extends 'builtin/405.html' %}");
    assert!(message.ends_with("extends a template that is not there"), "{message}");
    let (place, message) = problem("{% if page %}\n{% include \"404.html\" %}{% endif %}");
    assert_eq!(place, "{% include \"404.html\" %}");
    assert!(message.starts_with("`404.html` includes itself"), "{message}");
    for open in ["{% block main %}\n<p>", "<p>{% if page.title %}x", "{% for a in page.meta %}"] {
        let (_, message) = problem(open);
        assert_eq!(message, "the template ends while something is still open", "{open}");
    }
}

#[test]
fn every_broken_template_is_told() {
    let broken = [template("a.html", "{{"), template("b.html", "{% if %}"), template("c.html", "")];
    assert_eq!(Theme::load(&broken, &[]).err().expect("fails").len(), 2);
    let unknown = [template("a.html", "{{ a | x }}"), template("b.html", "{{ a | y }}")];
    assert_eq!(Theme::load(&unknown, &[]).err().expect("fails").len(), 2);
}

#[test]
fn filters_of_the_register_are_rules_for_known_ids() {
    let item = |id: &str| FilterItem { id: id.into(), ..FilterItem::default() };
    let css = register_css(&[item("fair-trial"), item("a{}b"), item("")], &[item("iccpr")], &[]);
    assert_eq!(css.matches(".row:not(").count(), 2, "{css}");
    assert!(css.contains(
        "main:has(#by-right-fair-trial:checked) .reg .row:not([data-right~=\"fair-trial\"])"
    ));
}
