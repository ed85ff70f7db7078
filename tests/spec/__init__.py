"""The manual of the rule language, as tests: a file is a chapter, a test a paragraph. `manual` renders them.

Every module has a `title`; a test's docstring says what is true, its calls of `spec` show it.
"""
