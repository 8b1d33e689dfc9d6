//! Views in, pages out: the built-in theme, a project's overlay of it, and the template engine.
//!
//! A theme is templates (`*.html`) and assets (all else). A file of the project's `themes/` folder
//! takes the place of the built-in file of the same name; `{% extends "builtin/chapter.html" %}`
//! still reaches the original. A template sees one view ([`view`]) and cannot query the site.
//! Nothing here knows the report's types. An error in a template of the project is the author's
//! and a diagnostic; one in a built-in template is our bug and a panic.

mod filters;
mod register;
mod template_error;
pub mod view;

pub use register::register_css;

use crate::diagnostic::Diagnostic;
use crate::source::{Asset, FileId};
use crate::words::Words;
use include_dir::{Dir, include_dir};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter;
use std::sync::Arc;
use tera::{Context, Tera, Value};
use view::*;

static BUILTIN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/theme/builtin");

/// The look that needs no style sheet of its own.
const DEFAULT_LOOK: &str = "chambers";

/// A text file of the project's `themes/` folder that is a template.
#[derive(Debug, Clone)]
pub struct Template {
    /// Path within `themes/`, with forward slashes (`chapter.html`).
    pub path: String,
    /// The file, for diagnostics.
    pub file: FileId,
    /// Its text.
    pub text: Arc<str>,
}

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    templates: Vec<Template>,
    assets: BTreeMap<String, Asset>,
}

/// One page to render.
#[derive(Debug, Clone, Copy)]
pub enum Page<'a> {
    /// `/`.
    Home(&'a HomeView),
    /// `/<chapter>/`.
    Chapter(&'a ChapterView),
    /// `/sources/`.
    Sources(&'a SourcesView),
    /// `/claims/` in any of its orders.
    Register(&'a RegisterView),
    /// `/law/`.
    LawIndex(&'a LawIndexView),
    /// `/law/<instrument>/`.
    Instrument(&'a InstrumentView),
    /// `/law/<instrument>/article-<n>/`.
    Article(&'a ArticleView),
    /// `/search/`.
    Search(&'a SearchView),
    /// `/print/`.
    Whole(&'a WholeView),
    /// `/404.html`.
    NotFound(&'a NotFoundView),
    /// A page that has moved.
    Redirect(&'a RedirectView),
}

/// What all pages of a site share, serialised once.
#[derive(Clone)]
pub struct Frame {
    site: Value,
    words: Value,
    assets: Value,
    look: Option<String>,
}

impl Theme {
    /// The built-in theme.
    pub fn builtin() -> Theme {
        Theme::load(&[], &[]).expect("the built-in theme has no overlay that could be wrong")
    }

    /// The built-in theme under `templates` and `assets` of the project's `themes/` folder.
    ///
    /// Fails with one diagnostic for each template that the engine does not take.
    pub fn load(
        templates: &[Template],
        assets: &[(String, Asset)],
    ) -> Result<Theme, Vec<Diagnostic>> {
        let mut tera = Tera::new();
        filters::register(&mut tera);
        let problems = template_error::check_syntax(&tera, templates);
        if !problems.is_empty() {
            return Err(problems);
        }
        tera.set_fallback_prefixes(["user/", "builtin/"]).expect("no template is there yet");
        let own = builtin_files().filter(|(path, _)| is_template(path)).map(|(path, bytes)| {
            let text = std::str::from_utf8(bytes).expect("built-in templates are UTF-8");
            (format!("builtin/{path}"), text)
        });
        let overlay = templates.iter().map(|t| (format!("user/{}", t.path), &*t.text));
        tera.add_raw_templates(own.chain(overlay))
            .map_err(|error| template_error::diagnostics(&error, templates))?;
        Ok(Theme { tera, templates: templates.to_vec(), assets: merge(assets) })
    }

    /// Serialises what all pages of a site share.
    pub fn frame(&self, site: &Site, words: &Words) -> Frame {
        let mut shared = BTreeMap::new();
        shared.insert("preload", self.preload(site.look.as_deref(), &site.language));
        Frame {
            site: Value::from_serializable(site),
            words: Value::from_serializable(words),
            assets: Value::from_serializable(&shared),
            look: site.look.clone(),
        }
    }

    /// Renders one page.
    ///
    /// Fails with a diagnostic at the place in the project's template.
    ///
    /// # Panics
    /// When a built-in template fails without any template of the project beside it.
    pub fn render(
        &self,
        frame: &Frame,
        head: &Head,
        page: Page<'_>,
    ) -> Result<String, Box<Diagnostic>> {
        let (template, name, view) = page.parts();
        let mut context = Context::new();
        context.insert_value("site", frame.site.clone());
        context.insert_value("words", frame.words.clone());
        context.insert_value("assets", self.shared(frame, head));
        context.insert("page", head);
        context.insert_value(name, view);
        self.tera
            .render(template, &context)
            .map_err(|error| template_error::at_render(&error, template, &self.templates))
    }

    /// Whether the project has templates of its own.
    pub fn is_own(&self) -> bool {
        !self.templates.is_empty()
    }

    /// The names of the looks: the default one, and one for each `assets/look-<name>.css`.
    pub fn looks(&self) -> impl Iterator<Item = &str> {
        let files = self.assets.keys();
        let own = files.filter_map(|path| path.strip_prefix("assets/look-")?.strip_suffix(".css"));
        iter::once(DEFAULT_LOOK).chain(own)
    }

    /// The theme's assets: path relative to the site's root (`assets/reader.css`) and bytes.
    pub fn assets(&self) -> impl Iterator<Item = (&str, &Asset)> {
        self.assets.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// What all pages share of the assets; a page in another language needs other letters first.
    fn shared(&self, frame: &Frame, head: &Head) -> Value {
        let Some(language) = &head.language else { return frame.assets.clone() };
        let fonts = self.preload(frame.look.as_deref(), language);
        Value::from_serializable(&BTreeMap::from([("preload", fonts)]))
    }

    /// The font files, relative to `assets/`, that a page in `language` needs first.
    fn preload(&self, look: Option<&str>, language: &str) -> Vec<String> {
        if look == Some("ministry") {
            return Vec::new();
        }
        // A word whose letters come from two files must not be set in two faces.
        let subsets: &[&str] = match language.split('-').next() {
            Some("kk") => &["cyrillic", "cyrillic-ext", "latin"],
            Some("ru") => &["cyrillic", "latin"],
            Some("ar") => &[],
            _ => &["latin"],
        };
        let font = |subset: &&str| format!("fonts/source-serif-4-{subset}-400-normal.woff2");
        let is_there = |font: &String| self.assets.contains_key(&format!("assets/{font}"));
        subsets.iter().map(font).filter(is_there).collect()
    }
}

impl Page<'_> {
    /// The template, the name of the view in it, and the view.
    fn parts(self) -> (&'static str, &'static str, Value) {
        match self {
            Page::Home(view) => ("home.html", "home", tree(view)),
            Page::Chapter(view) => ("chapter.html", "chapter", tree(view)),
            Page::Sources(view) => ("sources.html", "sources", tree(view)),
            Page::Register(view) => ("register.html", "register", tree(view)),
            Page::LawIndex(view) => ("law.html", "law", tree(view)),
            Page::Instrument(view) => ("instrument.html", "instrument", tree(view)),
            Page::Article(view) => ("article.html", "article", tree(view)),
            Page::Search(view) => ("search.html", "search", tree(view)),
            Page::Whole(view) => ("print.html", "whole", tree(view)),
            Page::NotFound(view) => ("404.html", "not_found", tree(view)),
            Page::Redirect(view) => ("redirect.html", "redirect", tree(view)),
        }
    }
}

fn tree(view: &impl serde::Serialize) -> Value {
    Value::from_serializable(view)
}

/// Whether a theme file of this name is a template.
pub fn is_template(path: &str) -> bool {
    path.ends_with(".html")
}

/// A built-in script or style sheet without comments and line starts; they are for readers of the
/// source.
fn shorten(path: &str, bytes: &'static [u8]) -> Cow<'static, [u8]> {
    if path.ends_with(".js") {
        return shorten_script(bytes);
    }
    let Some(text) = path.ends_with(".css").then(|| std::str::from_utf8(bytes).ok()).flatten()
    else {
        return Cow::Borrowed(bytes);
    };
    let mut short = String::with_capacity(text.len());
    for (i, piece) in text.split("/*").enumerate() {
        let kept = if i == 0 { piece } else { piece.split_once("*/").map_or("", |(_, tail)| tail) };
        short.extend(kept.lines().map(str::trim_start));
    }
    Cow::Owned(short.into_bytes())
}

/// A script without the comments that are lines of their own, and without line starts.
fn shorten_script(bytes: &'static [u8]) -> Cow<'static, [u8]> {
    let Ok(text) = std::str::from_utf8(bytes) else { return Cow::Borrowed(bytes) };
    let mut short = String::with_capacity(text.len());
    let mut is_comment = false;
    for line in text.lines().map(str::trim) {
        is_comment |= line.starts_with("/*");
        if !is_comment && !line.is_empty() {
            short.push_str(line);
            short.push('\n');
        }
        is_comment &= !line.ends_with("*/");
    }
    Cow::Owned(short.into_bytes())
}

/// All built-in files with their paths.
fn builtin_files() -> impl Iterator<Item = (String, &'static [u8])> {
    let mut found = Vec::new();
    let mut folders = vec![&BUILTIN];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            found.push((path, file.contents()));
        }
    }
    found.sort();
    found.into_iter()
}

/// The built-in assets with the project's laid over them.
fn merge(overlay: &[(String, Asset)]) -> BTreeMap<String, Asset> {
    let own = builtin_files().filter(|(path, _)| !is_template(path)).map(|(path, bytes)| {
        let short = Asset::from(&*shorten(&path, bytes));
        (path, short)
    });
    own.chain(overlay.iter().cloned()).collect()
}

#[cfg(test)]
mod tests;
