use super::*;

mod chapter;
mod law;
mod samples;

/// All sample pages: path of the file, head and view, rendered.
fn pages(theme: &Theme, site: &Site) -> Vec<(String, String)> {
    let words = Words::of_or_english(&site.language);
    let frame = theme.frame(site, words);
    let render = |url: &str, title: &str, page: Page<'_>| {
        let html = theme.render(&frame, &samples::head(url, title), page).expect("renders");
        (format!("{url}index.html"), html)
    };
    let mut orders = samples::register();
    orders.order = "right".into();
    for order in &mut orders.orders {
        order.url = format!("../{}", order.url);
    }
    let mut pages = vec![
        render("", &site.title, Page::Home(&samples::home())),
        render("permission/", "Permission to speak", Page::Chapter(&chapter::chapter())),
        render("sources/", "Sources", Page::Sources(&samples::sources())),
        render("claims/", "Register of claims", Page::Register(&samples::register())),
        render("claims/by-right/", "Register of claims", Page::Register(&orders)),
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

/// Writes the sample site where the browser checks look for it.
fn write(folder: &str, theme: &Theme, site: &Site) -> Vec<(String, String)> {
    let root = std::env::temp_dir().join("rapporteur-theme").join(folder);
    let pages = pages(theme, site);
    let register = samples::register();
    let css = register_css(&register.rights, &register.instruments, &register.findings);
    let files = pages.iter().map(|(path, html)| (path.as_str(), html.as_bytes()));
    let assets = theme.assets().chain([
        ("assets/register.css", css.as_bytes()),
        ("assets/fig.svg", include_bytes!("fig.svg")),
    ]);
    for (path, bytes) in files.chain(assets) {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().expect("has a parent")).expect("temporary folder");
        std::fs::write(path, bytes).expect("temporary file");
    }
    pages
}

#[test]
fn every_page_renders() {
    let pages = write("en", &Theme::builtin(), &samples::site());
    for (path, html) in &pages {
        assert!(html.starts_with("<!DOCTYPE html>"), "{path}: {}", &html[..40]);
        assert!(html.trim_end().ends_with("</html>"), "{path}");
    }
}
