//! Templates and their view types: a view in, a page out. Names tera alone.
