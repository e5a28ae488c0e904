"""`/risks/`: the register, today or on any day, with what changed since another."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from allies import clock
from allies.access import requires
from allies.policies import can
from allies.powers import Permission
from risks.course import Change, line, moved_in_words
from risks.forms.finding import FindForm
from risks.models import Stage
from risks.models.register import EVERY, Entry, Register, Wanted, is_kept, read_register
from risks.scheme import Band
from risks.sheet import as_csv, as_xlsx, rows_of
from risks.views.heat_map import heat_map

ON_A_PAGE = 50
WIDTH, HEIGHT = 112, 32
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STAGES = ((Stage.NOW, "Now"), (Stage.BEFORE, "Before controls"), (Stage.TARGET, "Target"))
CHANGES = {
    Change.NEW: "New",
    Change.UP: "Gone up",
    Change.FIRST_SCORED: "Scored for the first time",
    Change.DOWN: "Come down",
    Change.CLOSED: "Closed",
    Change.OPENED_AGAIN: "Opened again",
    Change.REAFFIRMED: "Looked at again, and the same",
}
# What a link to another stage or square keeps of the address, beside the days.
KEPT = ("category", "status", "about", "mine", "review", "differ", "q", "band")


@requires(Permission.READ_RECORD)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Show the register: where the risks stand, what changed since a day where one is asked for, and all of them."""
    form = _form(request)
    today = clock.today()
    if not form.is_valid():
        every = read_register(request.user, Wanted(), today=today)
        form.offer(every.scheme, every.entries)
        return render(request, "risks/register.html", {"form": form, "looking": True}, status=422)
    wanted = form.wanted()
    found = read_register(request.user, wanted, today=today)
    form.offer(found.scheme, found.entries)
    entries = [one for one in found.entries if is_kept(one, wanted, today=today)]
    in_map = [one for one in found.entries if is_kept(one, _without_square(wanted), today=today)]
    page = Paginator([one for one in entries if one.now], ON_A_PAGE).get_page(request.GET.get("page"))
    address = _address(request, wanted)
    _draw(page.object_list)
    context = {
        "form": form,
        "today": today,
        "register": found,
        "counted": counted(found, entries),
        "page_obj": page,
        "unscored": [one for one in entries if not one.now],
        "count": len(entries),
        "stage": wanted.stage,
        "stages": _stages(address, wanted),
        "map": heat_map(in_map, wanted.stage, found.scheme, address=address),
        "is_square": wanted.square,
        "without_square": f"?{urlencode(address | {'stage': wanted.stage})}",
        "since": wanted.since,
        "changes": changes_since(found, wanted) if wanted.since else [],
        "looking": bool(address) or any(request.GET.get(name) for name in ("look", "unscored")),
        "files": urlencode({name: value for name, value in request.GET.items() if value and name != "page"}),
        "bands": [(band.value, found.scheme.bands[band]) for band in Band],
        "limit": line([found.scheme.red_from], width=WIDTH, height=HEIGHT)[0][1],
        "may_keep": can(request.user, Permission.KEEP_RISKS),
        "may_score": can(request.user, Permission.SCORE_RISK),
    }
    return render(request, "risks/register.html", context)


@requires(Permission.READ_RECORD)
@require_safe
def export_csv(request: HttpRequest) -> HttpResponse:
    """Give the filtered register as CSV. The mark at its beginning tells Excel that it is UTF-8."""
    found = _found(request)
    if found is None:
        return _unreadable()
    words = "\ufeff" + as_csv(rows_of(found))
    return _file(words.encode(), "text/csv; charset=utf-8", "csv")


@requires(Permission.READ_RECORD)
@require_safe
def export_xlsx(request: HttpRequest) -> HttpResponse:
    """Give the filtered register as a workbook."""
    found = _found(request)
    return _unreadable() if found is None else _file(as_xlsx(rows_of(found)), XLSX, "xlsx")


def counted(register: Register, entries: list[Entry]) -> str:
    """How many stand in each band, in words: "2 are high, 5 watch and 1 is not scored"."""
    parts = []
    for band in reversed(Band):
        if number := sum(one.now[0].band == band for one in entries if one.now):
            parts.append(f"{number} {register.scheme.bands[band].lower()}")
    if number := sum(not one.now for one in entries):
        parts.append(f"{number} not scored")
    return ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1] if parts else ""


def changes_since(register: Register, wanted: Wanted) -> list[dict[str, Any]]:
    """What changed after a day and by the day of the register, kind by kind, the worst news first.

    Of the risks that the filters let through, wherever they stand in the map; and of those that were closed.
    """
    since, today = wanted.since, clock.today()
    assert since is not None
    asked = replace(wanted, square=None, status=wanted.status or EVERY)
    groups: dict[Change, list[dict[str, Any]]] = {kind: [] for kind in Change}
    for entry in register.entries:
        if is_kept(entry, asked, today=today) and (kind := entry.changed_since(since, register.day)):
            then, now = entry.number_on(since), entry.number_on(register.day)
            groups[kind].append({"entry": entry, "then": then, "now": now})
    return [{"name": CHANGES[kind], "rows": rows, "kind": kind} for kind, rows in groups.items() if rows]


def _form(request: HttpRequest) -> FindForm:
    person = getattr(request.user, "person_id", None)
    return FindForm(request.GET, person_id=person, today=clock.today())


def _found(request: HttpRequest) -> list[Entry] | None:
    form = _form(request)
    if not form.is_valid():
        return None
    wanted, today = form.wanted(), clock.today()
    return [
        one
        for one in read_register(request.user, wanted, today=today).entries
        if is_kept(one, wanted, today=today)
    ]


def _address(request: HttpRequest, wanted: Wanted) -> dict[str, str]:
    """What was asked for, for a link; a day that was typed in three fields is one word in it."""
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    days = (("on", wanted.on), ("since", wanted.since))
    return kept | {name: day.isoformat() for name, day in days if day}


def _without_square(wanted: Wanted) -> Wanted:
    return replace(wanted, square=None, unscored=False)


def _stages(address: dict[str, str], wanted: Wanted) -> list[dict[str, Any]]:
    return [
        {"name": name, "url": f"?{urlencode(address | {'stage': stage})}", "current": stage == wanted.stage}
        for stage, name in STAGES
    ]


def _draw(entries: list[Entry]) -> None:
    """Give each entry what its small drawing of the last scores needs."""
    for entry in entries:
        points = line([one.number for one in entry.points[-6:]], width=WIDTH, height=HEIGHT)
        entry.drawn = " ".join(f"{x},{y}" for x, y in points) if len(points) > 1 else ""
        entry.last = points[-1] if points else None
        entry.moved_words = moved_in_words(entry.moved)


def _unreadable() -> HttpResponse:
    words = "What the address asks for cannot be read. Go back to the register and choose again."
    return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")


def _file(content: bytes, kind: str, ending: str) -> HttpResponse:
    name = f"risks-{clock.today().isoformat()}.{ending}"
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
