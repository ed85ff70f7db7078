"""What the request comes to: vials and what is left over, the bill, volume and hours, grams in a year."""

from __future__ import annotations

from decimal import Decimal

from indicated.explain.writer import Said, Writer
from indicated.model.dispensing import Dispensing
from indicated.model.product import Product
from indicated.model.quantity import Quantity, plain
from indicated.model.statement import FromPassage, Proof, Statement


def dispensing(w: Writer) -> Said:
    """The course worked out, each figure with its arithmetic; nothing where no amount in grams is told."""
    it = w.d.dispensing
    if it is None:
        return _weights(w)
    product = w.knowledge.product_table.get(it.product)
    rows: list[Statement] = []
    if product is not None:
        rows += [
            *_loading(w, it.loading, product),
            *_vials(w, it, product),
            *_billed(w, it, product),
            *_infused(w, it, product),
        ]
    return (*rows, *_yearly(w, it), *_weights(w))


def _loading(w: Writer, it: Dispensing | None, product: Product) -> Said:
    """The first course where it is another one: its amount, and its bill."""
    if it is None:
        return ()
    label, course = w.book.words("dispensing.label.loading"), w.words.quantity(it.course)
    proved: list[Proof] = [*_asked(w), w.count("loading", {"days": it.days}, it.course.text())]
    if it.units is None or product.hcpcs_unit is None or w.book.audience == "patient":
        return w.say("dispensing.loading", proved, label=label, course=course)
    given = it.given if it.given is not None else it.course
    inputs: dict[str, int | str] = {
        "grams": given.text(),
        "unit": f"{product.hcpcs_unit} mg",
        "code": product.hcpcs,
    }
    proved += [*w.sources(product.cite), w.count("units", inputs, str(it.units))]
    code = w.words.name(product.hcpcs)
    return w.say("dispensing.loading.units", proved, label=label, course=course, units=str(it.units), code=code)


def _vials(w: Writer, it: Dispensing, product: Product) -> Said:
    if not it.vials or it.given is None or it.over is None or it.day is None:
        return ()
    each = w.book.series(
        w.book.words("dispensing.vial", count=str(one.count), grams=w.words.quantity(Quantity.of(one.grams, "g")))
        for one in it.vials
    )
    sizes = ", ".join(plain(size) for size in product.vials)
    inputs: dict[str, int | str] = {"course": it.course.text(), "days": it.days, "sizes": sizes}
    proof = w.count("vials", inputs, f"{each}; {it.day.text()} a day; {it.given.text()}, {it.over.text()} over")
    rows = list(
        w.say(
            "dispensing.vials.daily" if it.days > 1 else "dispensing.vials",
            (*_asked(w), *w.sources(product.cite), proof),
            label=w.book.words("dispensing.label.vials"),
            day=w.words.quantity(it.day),
            days=str(it.days),
            vials=each,
        )
    )
    if it.over.exact:
        below = w.words.quantity(it.below) if it.below is not None else ""
        over = w.count("over", inputs, f"{it.over.text()} {it.below.text() if it.below is not None else ''}")
        phrase = "dispensing.over.or_less" if below else "dispensing.over"
        rows += w.say(phrase, (proof, over, *_asked(w)), over=w.words.quantity(it.over), below=below)
    return tuple(rows)


def _billed(w: Writer, it: Dispensing, product: Product) -> Said:
    if it.units is None or product.hcpcs_unit is None or w.book.audience == "patient":
        return ()
    given = it.given if it.given is not None else it.course
    proof = w.count(
        "units", {"grams": given.text(), "unit": f"{product.hcpcs_unit} mg", "code": product.hcpcs}, str(it.units)
    )
    unread = {"hcpcs", "hcpcs_unit"} & set(it.recalled)
    return w.say(
        "dispensing.units.recalled" if unread else "dispensing.units",
        (*w.sources(product.cite), proof),
        label=w.book.words("dispensing.label.billing"),
        units=str(it.units),
        code=w.words.name(product.hcpcs),
        each=w.words.quantity(Quantity.of(product.hcpcs_unit, "mg")),
    )


def _infused(w: Writer, it: Dispensing, product: Product) -> Said:
    if it.volume is None or product.strength is None:
        return ()
    volume, day = w.words.quantity(it.volume), it.day.text() if it.day is not None else ""
    proved: list[Proof] = [
        *_asked(w),
        *w.sources(product.cite),
        w.count("volume", {"day": day, "strength": f"{product.strength} %"}, it.volume.text()),
    ]
    label = w.book.words("dispensing.label.infusion")
    if it.hours is None:
        return w.say("dispensing.volume", proved, label=label, volume=volume)
    stages = w.book.series(
        w.book.words("dispensing.stage", rate=w.words.quantity(one.rate), minutes=w.words.quantity(one.minutes))
        if one.minutes is not None
        else w.book.words("dispensing.stage.last", rate=w.words.quantity(one.rate))
        for one in it.stages
    )
    rates = "; ".join(f"{one.rate.text()} {one.minutes.text() if one.minutes else ''}" for one in it.stages)
    weight = w.facts.weight()
    at = weight[0].text() if weight is not None else ""
    proved.append(w.count("infusion", {"volume": it.volume.text(), "weight": at, "rates": rates}, it.hours.text()))
    least = w.words.quantity(Quantity.of(it.hours.low or Decimal(0), "h"))
    phrase = "dispensing.hours.recalled" if "rates" in it.recalled else "dispensing.hours"
    rows = list(
        w.say(
            phrase,
            proved,
            label=label,
            volume=volume,
            hours=least,
            stages=stages,
        )
    )
    if it.slower is not None:
        slower = w.count("slower", {"weight": at}, it.slower.text())
        rows += w.say("dispensing.slower", (*w.sources(product.cite), slower), rate=w.words.quantity(it.slower))
    return tuple(rows)


def _yearly(w: Writer, it: Dispensing) -> Said:
    request = w.d.case.request
    interval = request.regimen.interval if request is not None and request.regimen is not None else None
    if it.yearly is None or interval is None or w.book.audience == "patient":
        return ()
    proof = w.count("year", {"course": it.course.text(), "interval": interval.text()}, it.yearly.text())
    return w.say(
        "dispensing.year",
        (*_asked(w), proof),
        label=w.book.words("dispensing.label.year"),
        yearly=w.words.quantity(it.yearly),
        interval=w.words.interval(interval),
    )


def _weights(w: Writer) -> Said:
    """Where the measured weight is above the ideal one: both, and the weight between that some dose by."""
    it = w.d.weights
    formula = next((one for one in w.knowledge.formulas if it is not None and one.id == it.formula), None)
    heavier = it is not None and (it.measured.exact or 0) > (it.ideal.exact or 0)
    if it is None or formula is None or not heavier or w.book.audience == "patient":
        return ()
    inputs: dict[str, int | str] = {"measured": it.measured.text(), "height": it.height.text()}
    proof = w.count(formula.label, inputs, f"{it.ideal.text()}, {it.dosing.text()}")
    return w.say(
        "dispensing.weights",
        (*w.sources(formula.cite), proof),
        label=w.book.words("dispensing.label.weights"),
        measured=w.words.quantity(it.measured),
        ideal=w.words.quantity(it.ideal),
        dosing=w.words.quantity(it.dosing),
        formula=formula.label,
    )


def _asked(w: Writer) -> tuple[Proof, ...]:
    request = w.d.case.request
    if request is None:
        return ()
    more = request.regimen.passages if request.regimen is not None else ()
    return tuple(FromPassage(passage) for passage in (*request.passages, *more))
