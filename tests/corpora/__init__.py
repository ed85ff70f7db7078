"""Labelled texts that reading is measured on, and how each is scored."""
