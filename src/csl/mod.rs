//! The citation engine behind a door of our own: clusters in, rich text out. Names hayagriva alone.
