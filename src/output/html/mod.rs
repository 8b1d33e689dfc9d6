//! The report as pages: each page is a view made here and a template of the theme.

mod badge;
mod chapter;
mod chart;
pub mod escape;
mod head;
mod home;
pub mod inlines;
mod law;
mod marks;
mod raw;
mod register;
mod rich;
mod row;
mod search;
mod sentence;
mod sources;
pub mod text;
mod whole;

pub use chapter::note_text;
pub use sources::plain_entry;

use super::Site;
use super::edition::Edition;
use crate::diagnostic::Diagnostic;
use crate::parallel;
use crate::theme::view::Head;
use crate::theme::{Frame, Page, Theme};

/// A page that is ready for its template.
pub(crate) struct Sheet {
    path: String,
    head: Head,
    view: View,
}

/// A view that owns its values.
enum View {
    Home(crate::theme::view::HomeView),
    Chapter(Box<crate::theme::view::ChapterView>),
    Sources(crate::theme::view::SourcesView),
    Register(crate::theme::view::RegisterView),
    LawIndex(crate::theme::view::LawIndexView),
    Instrument(crate::theme::view::InstrumentView),
    Article(Box<crate::theme::view::ArticleView>),
    Search(crate::theme::view::SearchView),
    Whole(crate::theme::view::WholeView),
    NotFound(crate::theme::view::NotFoundView),
    Redirect(crate::theme::view::RedirectView),
}

impl View {
    fn page(&self) -> Page<'_> {
        match self {
            View::Home(view) => Page::Home(view),
            View::Chapter(view) => Page::Chapter(view),
            View::Sources(view) => Page::Sources(view),
            View::Register(view) => Page::Register(view),
            View::LawIndex(view) => Page::LawIndex(view),
            View::Instrument(view) => Page::Instrument(view),
            View::Article(view) => Page::Article(view),
            View::Search(view) => Page::Search(view),
            View::Whole(view) => Page::Whole(view),
            View::NotFound(view) => Page::NotFound(view),
            View::Redirect(view) => Page::Redirect(view),
        }
    }
}

/// Adds all pages and the theme's assets to `site`; gives the faults of the project's templates.
pub fn pages(edition: &Edition, theme: &Theme, site: &mut Site) -> Vec<Diagnostic> {
    let shared = head::site(edition, theme);
    let frame = theme.frame(&shared, edition.words);
    let mut diagnostics = Vec::new();
    let mut sheets = sheets(edition);
    sheets.iter_mut().for_each(|sheet| head::finish(edition, &mut sheet.head));
    let rendered = parallel::map(&sheets, |sheet| render(theme, &frame, sheet));
    for (sheet, html) in sheets.into_iter().zip(rendered) {
        match html {
            Ok(html) => site.add(sheet.path, html.into_bytes()),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    for (path, bytes) in theme.assets() {
        site.add(path.to_owned(), bytes.to_vec());
    }
    let (rights, instruments, findings) = register::filter_ids(edition);
    let css = crate::theme::register_css(&rights, &instruments, &findings);
    site.add("assets/register.css".to_owned(), css.into_bytes());
    diagnostics
}

fn render(theme: &Theme, frame: &Frame, sheet: &Sheet) -> Result<String, Box<Diagnostic>> {
    theme.render(frame, &sheet.head, sheet.view.page())
}

/// Every page of the site, in no particular order.
fn sheets(edition: &Edition) -> Vec<Sheet> {
    let mut sheets = vec![home::sheet(edition), search::not_found(edition)];
    sheets.extend(chapter::sheets(edition));
    sheets.extend(chapter::redirects(edition));
    sheets.push(sources::sheet(edition));
    sheets.extend(register::sheets(edition));
    sheets.extend(law::sheets(edition));
    sheets.extend(search::sheet(edition));
    sheets.extend(whole::sheet(edition));
    sheets
}
