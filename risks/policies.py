"""Who may do what with risks and concerns. Each rule is a pair: `check_…` raises `Refused`, `can_…` answers."""

from datetime import date

from allies.models import Actor, Appointment, Person, Post
from allies.policies import can
from allies.powers import Permission, Refused
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


def can_see_raiser(actor: Actor, concern: Concern) -> bool:
    """Read who raised it, in their own words: the raiser; a chair of that very group without a conflict in it.

    Nobody else: not the core team, and not whoever holds the machine (DESIGN §5, §6). One query.
    """
    return Concern.objects.with_raiser_for(actor).filter(pk=concern.pk).exists()


def check_can_see_raiser(actor: Actor, concern: Concern) -> None:
    """Raise `Refused` unless `can_see_raiser`."""
    if not can_see_raiser(actor, concern):
        raise Refused(Permission.DECIDE_CASE, ABOUT_RAISERS)


def can_look_into(actor: Actor, concern: Concern) -> bool:
    """Write the chairs’ summary and say what becomes of it: as `can_see_raiser`, and never the raiser. One query."""
    return Concern.objects.looked_into_by(actor).filter(pk=concern.pk).exists()


def check_can_look_into(actor: Actor, concern: Concern) -> None:
    """Raise `Refused` unless `can_look_into`."""
    if not can_look_into(actor, concern):
        raise Refused(Permission.DECIDE_CASE, ABOUT_RAISERS)
