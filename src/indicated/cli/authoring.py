"""`indicated content ...`: what authors of content do, one function for each action."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from indicated import release
from indicated.cli import terminal
from indicated.workflow.assess import a_day, built_in, today
from indicated.workflow.authoring.folders import Folder, opened, root_of
from indicated.workflow.authoring.page import Page, html, markdown

DONE = 0


def run(options: Namespace) -> int:
    """Do what the action says; the exit status."""
    return _ACTIONS[options.action](options)


def _check(options: Namespace) -> int:
    from indicated.cli.content import check

    on = a_day(options.on) if options.on is not None else today()
    return check(root_of(options.folder), sys.stdout, on, make=options.make_cases)


def _new(options: Namespace) -> int:
    from indicated.workflow.authoring.importing import put
    from indicated.workflow.authoring.skeleton import files

    root = root_of(options.content)
    for path in put(root, files(options.kind, options.name, today())):
        sys.stdout.write(f"wrote {path}\n")
    sys.stdout.write("fill in what is empty; 'indicated content check' says what is still missing\n")
    return DONE


def _show(options: Namespace) -> int:
    from indicated.workflow.authoring.show import found, page_of
    from indicated.workflow.authoring.words import RuleWords

    folder = opened(root_of(options.content))
    return _print(page_of(folder.loaded, found(folder.loaded, options.name), RuleWords(folder.release)), options)


def _diff(options: Namespace) -> int:
    from indicated.workflow.authoring import compared

    return _print(compared.page(Path(options.before), Path(options.after)), options)


def _effect(options: Namespace) -> int:
    from indicated.workflow.authoring import effect, ran

    on = a_day(options.on) if options.on is not None else today()
    before = opened(root_of(options.before))
    after = opened(root_of(options.after))
    cases = ran.cases(options.cases)
    after_policy = options.policy_after or options.policy
    with terminal.progress(sum(len(one.text) for _, documents in cases for one in documents)):
        effects = tuple(
            effect.Effect(
                name,
                effect.decided(documents, before.release, ran.applied(options.policy, on), on),
                effect.decided(documents, after.release, ran.applied(after_policy, on), on),
            )
            for name, documents in cases
        )
    titles = _title(before, options.policy), _title(after, after_policy)
    return _print(effect.page_of(effects, titles), options)


def _title(folder: Folder, policy: str | None) -> str:
    return f"{folder.root} ({folder.release.id[:12]})" + (f" under {policy}" if policy else "")


def _import(options: Namespace) -> int:
    from indicated.workflow.assess import current
    from indicated.workflow.authoring.importing import Named, files, put, report
    from indicated.workflow.authoring.skeleton import check_name
    from indicated.workflow.policies import from_text, texts_of

    check_name("policy", options.name)
    root = root_of(options.content)
    policy = from_text(texts_of(options.file, sys.stdin), current(), Path(options.file).name)
    payer = options.payer or options.name.partition("/")[0]
    edition = options.edition or today().isoformat()
    named = Named(payer, options.name, edition, tuple(options.condition), Path(options.file).name, today(), options.url)
    for path in put(root, files(policy, named)):
        sys.stdout.write(f"wrote {path}\n")
    sys.stdout.writelines(f"{line}\n" for line in report(policy))
    return DONE


def _sign(options: Namespace) -> int:
    from indicated.content.folder import read_folder
    from indicated.workflow.authoring import sign
    from indicated.workflow.output import write

    root = root_of(options.content)
    loaded = read_folder(root, built_in)
    document = sign.document_of(loaded, options.name)
    path = root / loaded.place(document).file
    text = sign.signed(path.read_text(encoding="utf-8"), document, options.person, options.role, today())
    write(str(path), sign.in_force(text, document) if options.activate else text)
    sys.stdout.write(f"{options.person} signed {document.id} {document.version} in {path}\n")
    return DONE


def _list(options: Namespace) -> int:
    from indicated.content.folder import read_folder
    from indicated.content.load import carried
    from indicated.workflow.assess import current
    from indicated.workflow.authoring.stats import listed

    installed = options.content is None and release.checkout() is None
    loaded = carried(current().knowledge) if installed else read_folder(root_of(options.content), built_in)
    sys.stdout.writelines(f"{line}\n" for line in listed(loaded, options.kind))
    return DONE


def _stats(options: Namespace) -> int:
    from indicated.content.folder import read_folder
    from indicated.workflow.authoring.stats import lines

    loaded = read_folder(root_of(options.content), built_in)
    sys.stdout.writelines(f"{line}\n" for line in lines(loaded))
    return DONE


def _print(page: Page, options: Namespace) -> int:
    sys.stdout.write((html if options.format == "html" else markdown)(page))
    return DONE


_ACTIONS = {
    "check": _check,
    "new": _new,
    "show": _show,
    "diff": _diff,
    "effect": _effect,
    "import": _import,
    "sign": _sign,
    "list": _list,
    "stats": _stats,
}
