"""The tests. `told` turns short texts into model values; each folder mirrors a part of the package."""
