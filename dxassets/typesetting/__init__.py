"""Pure layout: lines, sizes and places from measured ink. No font, file or colour is touched here."""
