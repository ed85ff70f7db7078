"""Tests of reading, checking and compiling content. `sound/` is a small invented content folder without problems."""
