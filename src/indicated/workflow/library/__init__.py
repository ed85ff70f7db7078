"""The library of a release: what is in it, what speaks of what, and two versions side by side."""
