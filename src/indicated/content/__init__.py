"""Content: the files clinicians edit, read into the model with every problem at once, checked, and compiled.

Nothing here runs when a case is decided on a compiled release; `indicated.release` reads that by itself.
"""
