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

use super::edition::Edition;
use super::{Bytes, Draft};
use crate::theme::view::Head;
use crate::theme::{Frame, Page, Theme};
use std::sync::Arc;

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

/// What makes pages of sheets.
pub(super) struct Press<'e> {
    edition: &'e Edition<'e>,
    theme: &'e Theme,
    frame: Frame,
}

impl<'e> Press<'e> {
    /// Prepares what all pages share.
    pub(super) fn new(edition: &'e Edition<'e>, theme: &'e Theme) -> Press<'e> {
        let frame = theme.frame(&head::site(edition, theme), edition.words);
        Press { edition, theme, frame }
    }

    /// The page at `path`, whose sheet is made when the page is.
    fn page(&'e self, path: String, sheet: impl FnOnce() -> Sheet + Send + 'e) -> Draft<'e> {
        let make = move || {
            let mut sheet = sheet();
            head::finish(self.edition, &mut sheet.head);
            let html = self.theme.render(&self.frame, &sheet.head, sheet.view.page())?;
            Ok(Bytes::Made(html.into_bytes()))
        };
        Draft { path, make: Box::new(make) }
    }

    /// The page of a sheet that costs little.
    fn small(&'e self, sheet: Sheet) -> Draft<'e> {
        self.page(sheet.path.clone(), || sheet)
    }
}

/// All pages and the theme's assets.
pub(super) fn pages<'e>(press: &'e Press<'e>) -> Vec<Draft<'e>> {
    let Press { edition, theme, .. } = *press;
    // What takes longest comes first.
    let mut drafts: Vec<Draft> = Vec::new();
    drafts.extend(whole::path(edition).map(|path| press.page(path, || whole::sheet(edition))));
    drafts.push(press.page(sources::path(), || sources::sheet(edition)));
    drafts.extend(register::pages(press));
    drafts.push(press.page("index.html".to_owned(), || home::sheet(edition)));
    drafts.extend(chapter::pages(press));
    drafts.extend(law::pages(press));
    let small = chapter::redirects(edition).into_iter().chain(search::sheet(edition));
    drafts.extend(small.chain([search::not_found(edition)]).map(|sheet| press.small(sheet)));
    drafts.extend(
        theme.assets().map(|(path, bytes)| Draft::ready(path.to_owned(), Arc::clone(bytes))),
    );
    drafts.push(Draft::new("assets/register.css".to_owned(), || {
        let (rights, instruments, findings) = register::filter_ids(edition);
        crate::theme::register_css(&rights, &instruments, &findings).into_bytes()
    }));
    drafts
}
