"""What can go wrong with drafts of policies."""

from __future__ import annotations

from indicated.model.errors import BadInput, IndicatedError


class NoSiteFolder(IndicatedError):
    """Drafts need a folder of the site's own to be written to."""

    code = "no-site-folder"


class NoDraft(BadInput):
    """There is no draft of that id."""

    code = "no-draft"


class DraftTaken(IndicatedError):
    """The draft, or a policy that is not the site's own, has that id already."""

    code = "draft-taken"


class DraftChanged(IndicatedError):
    """Somebody else saved the draft since it was opened here."""

    code = "draft-changed"


class BadDraft(BadInput):
    """Something typed is no policy, criterion or case; the line says where."""

    code = "bad-draft"


class DraftHasProblems(IndicatedError):
    """A draft is handed in, signed and put in force only when the check finds nothing to refuse."""

    code = "draft-has-problems"
