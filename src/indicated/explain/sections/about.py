"""About the answer itself: where the content stands, the release and the day, the disclaimer."""

from __future__ import annotations

from indicated.explain.writer import Said, Writer
from indicated.model.statement import FromEntry


def review(w: Writer) -> Said:
    """Review status, release, date and what this answer is not."""
    return (*status(w), *_release(w), *w.say("disclaimer", (w.trace("program", "decision support"),)))


def status(w: Writer) -> Said:
    """The standard used, its version, and whether anybody signed it."""
    standard = w.standard
    if standard is None:
        return ()
    due = standard.review_due.isoformat()
    says = FromEntry(standard.id, f"{standard.version} {standard.status} {due}")
    return w.say(
        "review.standard",
        (says,),
        title=w.words.name(standard.title),
        version=standard.version,
        status=w.book.word("status", standard.status),
        due=due,
    )


def _release(w: Writer) -> Said:
    release = w.d.release[:12]
    proof = FromEntry("release", w.d.release)
    w.words.name(release)
    return w.say("review.release", (w.on(), proof), on=w.d.on.isoformat(), release=release)
