"""Who may do what with risks and concerns. Each rule is a pair: `check_…` raises `Refused`, `can_…` answers."""

from datetime import date

from django.db.models import Q

from allies import clock
from allies.models import Account, Actor, Appointment, Interest, Person, Post
from allies.models.held import is_withheld
from allies.policies import can, is_self, powers_of
from allies.powers import Permission, Refused, Role
from risks.models import Concern, Risk

ABOUT_RAISERS = "Only chairs who have no interest in the matter can see who raised it."


def can_keep_risk(actor: Actor, risk: Risk) -> bool:
    """Change what the register says of a risk: the core team and the chairs of the group that holds it."""
    return can(actor, Permission.KEEP_RISKS, body=risk.body_id)


def check_can_keep_risk(actor: Actor, risk: Risk) -> None:
    """Raise `Refused` unless `can_keep_risk`."""
    if not can_keep_risk(actor, risk):
        raise Refused(Permission.KEEP_RISKS)


def can_score(actor: Actor, risk: Risk) -> bool:
    """Weigh a risk: every member of the group, the chairs and the core team; a second score is welcome."""
    return can(actor, Permission.SCORE_RISK, body=risk.body_id)


def check_can_score(actor: Actor, risk: Risk) -> None:
    """Raise `Refused` unless `can_score`."""
    if not can_score(actor, risk):
        raise Refused(Permission.SCORE_RISK)


def is_of_the_team(person: Person, on: date) -> bool:
    """Whether somebody was of the core team on a day; a view is then a team member's. One query."""
    return Appointment.objects.on(on).filter(person=person, post__in=[Post.CORE_TEAM, Post.LEAD]).exists()


def has_interest_in(person_id: int, concern: Concern, on: date) -> bool:
    """Whether somebody has a standing interest that touches what a concern is about. One query."""
    touched = Interest.objects.filter(person_id=person_id).standing_on(on)
    return touched.touching(
        projects=[concern.about_project_id] if concern.about_project_id else (),
        organisations=[concern.about_organisation_id] if concern.about_organisation_id else (),
    ).exists()


def can_see_raiser(actor: Actor, concern: Concern) -> bool:
    """Read who raised it, in their own words: the raiser; a chair of that very group without a conflict in it.

    Nobody else: not the core team, and not whoever holds the machine (DESIGN §5, §6).
    """
    if not isinstance(actor, Account) or actor.person is None:
        return False
    if is_raiser(actor, concern):
        return True
    if not powers_of(actor).has(Role.CHAIR) or is_withheld(concern, actor):
        return False
    return _chairs(actor.person, concern) and not has_interest_in(actor.person.pk, concern, clock.today())


def check_can_see_raiser(actor: Actor, concern: Concern) -> None:
    """Raise `Refused` unless `can_see_raiser`."""
    if not can_see_raiser(actor, concern):
        raise Refused(Permission.DECIDE_CASE, ABOUT_RAISERS)


def can_look_into(actor: Actor, concern: Concern) -> bool:
    """Write the chairs’ summary and say what becomes of it: as `can_see_raiser`, and never the raiser themself."""
    return can_see_raiser(actor, concern) and not is_raiser(actor, concern)


def check_can_look_into(actor: Actor, concern: Concern) -> None:
    """Raise `Refused` unless `can_look_into`."""
    if not can_look_into(actor, concern):
        raise Refused(Permission.DECIDE_CASE, ABOUT_RAISERS)


def is_raiser(actor: Actor, concern: Concern) -> bool:
    """Whether the account is the raiser's. One query, unless the raiser was fetched."""
    raiser = getattr(concern, "raiser", None)
    return raiser is not None and is_self(actor, raiser.person)


def _chairs(person: Person, concern: Concern) -> bool:
    held = Appointment.objects.on(clock.today()).filter(person=person, body_id=concern.body_id)
    return held.filter(Q(post=Post.CHAIR) | Q(post=Post.CO_CHAIR)).exists()
