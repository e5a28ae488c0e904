"""`/risks/scheme/`: how scores are counted, what was different before, and what is proposed."""

from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from allies import clock
from allies.access import requires
from allies.policies import can, check
from allies.powers import Permission
from allies.views.pages import sent
from risks import ladder
from risks.forms.registering import ReasonForm
from risks.forms.schemes import ProposeForm
from risks.models import SchemeVersion, the_group
from risks.models.known import scheme_in_force
from risks.scheme import HIGHEST, LOWEST, Band, Scheme
from risks.scoring import band_of
from risks.services.schemes import propose_scheme, withdraw_scheme
from risks.views.doing import FORM, done_or_form
from risks.views.heat_map import name_of

# What each part of a scheme is called on the page of what changed.
PARTS = {
    "likelihoods": "Likelihood",
    "impacts": "Impact",
    "whom": "Whom it would hit",
    "bands": "Band",
    "amber_from": "The middle band begins at",
    "red_from": "The worst band begins at",
    "values": "Value",
    "positions": "Position",
    "level_of_position": "Level of a position",
    "level_of_band": "Level of a band",
    "days_raise": "Levels higher for what hits within days",
    "chairs_working_days": "Working days that the chairs have",
    "correspondence_days": "Days that the Allies have by correspondence",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One wording or number that differs between two schemes."""

    what: str
    before: str
    after: str


@dataclass(slots=True)
class VersionSaid:
    """A version with what it changes of the one before it (for a proposal: of the one in force)."""

    version: SchemeVersion
    changes: list[Difference]


def scheme_of(day: date) -> Scheme:
    """The scheme that scores of a day are made under. One query."""
    return scheme_in_force(day)


def scheme_context(request: HttpRequest) -> dict[str, object]:
    """What the page says: the scheme in force, proposals, and every version before. Two queries."""
    group, today = the_group(), clock.today()
    if group is None:
        raise Http404
    versions = list(SchemeVersion.objects.filter(body=group).select_related("proposed_by"))
    adopted = sorted(
        (one for one in versions if one.adopted_on), key=lambda one: (one.adopted_on, one.version)
    )
    in_force = next((one for one in reversed(adopted) if one.adopted_on <= today), next(iter(adopted), None))
    scheme = in_force.scheme if in_force else Scheme()
    earlier = [
        VersionSaid(one, differences(adopted[at - 1].scheme, one.scheme) if at else [])
        for at, one in enumerate(adopted)
    ]
    return {
        "group": group,
        "in_force": in_force,
        "scheme": scheme,
        "likelihoods": [_split(number, words) for number, words in enumerate(scheme.likelihoods, 1)],
        "impacts": [_split(number, words) for number, words in enumerate(scheme.impacts, 1)],
        "grid": grid(scheme),
        "bands": [(band.value, scheme.bands[band]) for band in reversed(Band)],
        "ladder": ladder.whole(scheme),
        "proposals": [
            VersionSaid(one, differences(scheme, one.scheme))
            for one in versions
            if one.adopted_on is None and not one.withdrawn
        ],
        "adopted": list(reversed(earlier)),
        "withdrawn": [one for one in versions if one.withdrawn],
        "may_keep": can(request.user, Permission.KEEP_RISKS, body=group),
    }


@requires(Permission.KEEP_RISKS)
@FORM
def propose(request: HttpRequest) -> HttpResponse:
    """Propose another scheme. Nothing is scored under it until the group adopts it."""
    group = the_group()
    if group is None:
        raise Http404
    check(request.user, Permission.KEEP_RISKS, body=group)
    form = ProposeForm(sent(request), scheme=scheme_of(clock.today()))
    if form.is_valid():
        propose_scheme(by=request.user, body=group, content=form.content(), why=form.cleaned_data["why"])
        return HttpResponseRedirect(f"{reverse('risks:scheme')}#proposals", status=303)
    return render(request, "risks/propose.html", {"form": form}, status=422 if form.errors else 200)


@requires(Permission.KEEP_RISKS)
@FORM
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a proposal back, with the reason."""
    proposals = SchemeVersion.objects.filter(adopted_on=None, withdrawn="", body=the_group())
    version = get_object_or_404(proposals, pk=pk)
    check(request.user, Permission.KEEP_RISKS, body=version.body_id)
    return done_or_form(
        request,
        ReasonForm(sent(request)),
        lambda typed: withdraw_scheme(by=request.user, version=version, reason=typed["reason"]),
        to=reverse("risks:scheme"),
        title="Take the proposal back",
        button="Take it back",
        back_url=reverse("risks:scheme"),
        back_text="How scores are counted",
        section="risks",
    )


def differences(before: Scheme, after: Scheme) -> list[Difference]:
    """What differs, in the order of the scheme."""
    old, new = before.as_data(), after.as_data()
    return [
        Difference(f"{words}{f' {name}' if name else ''}", str(was), str(now))
        for part, words in PARTS.items()
        for name, was, now in _pairs(old[part], new[part])
        if was != now
    ]


def grid(scheme: Scheme) -> list[tuple[int, list[tuple[int, str, str]]]]:
    """Every number with its band for the colour and in words, the likeliest first."""
    steps = range(LOWEST, HIGHEST + 1)
    return [
        (
            likelihood,
            [
                (number, band.value, scheme.bands[band].lower())
                for impact in steps
                for number in [likelihood * impact + impact]
                for band in [band_of(number, scheme=scheme)]
            ],
        )
        for likelihood in reversed(steps)
    ]


def _pairs(before: object, after: object) -> list[tuple[str, object, object]]:
    if isinstance(before, dict) and isinstance(after, dict):
        return [(str(key), before.get(key, "none"), after.get(key, "none")) for key in {**before, **after}]
    if isinstance(before, list) and isinstance(after, list):
        begin = 1 if len(before) == HIGHEST else 0
        return [
            (str(number), was, now)
            for number, (was, now) in enumerate(zip(before, after, strict=True), begin)
        ]
    return [("", before, after)]


def _split(number: int, words: str) -> tuple[int, str, str]:
    """A step's number, its name, and what explains it."""
    _, _, rest = words.partition(":")
    return number, name_of(words), rest.strip()
