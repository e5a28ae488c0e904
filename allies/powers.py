"""Who may do what: the table of DESIGN §6, as plain values.

Powers come from appointments. They hold on the body of the appointment and on the bodies below it,
from its first possible day to its last, and end with it. The core team serves the whole record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What an appointment makes of somebody, strongest last."""

    ACCOUNT = "account"
    ALLY = "ally"
    CORE_TEAM = "core_team"
    CHAIR = "chair"


class Permission(StrEnum):
    """One line of the table."""

    KEEP_OWN_ACCOUNT = "keep_own_account"
    READ_RECORD = "read_record"
    READ_PRIVATE_INTERESTS = "read_private_interests"
    UPDATE_OWN_ACTIONS = "update_own_actions"
    UPDATE_ANY_ACTION = "update_any_action"
    SEE_WHO_IS_ASKED = "see_who_is_asked"
    ANSWER_FOR_ONESELF = "answer_for_oneself"
    ANSWER_FOR_ANYONE = "answer_for_anyone"
    WRITE_NOTES = "write_notes"
    PUBLISH = "publish"
    RAISE_CONCERN = "raise_concern"
    SCORE_RISK = "score_risk"
    KEEP_RISKS = "keep_risks"
    DECIDE_CASE = "decide_case"
    KEEP_PEOPLE = "keep_people"


_ACCOUNT = frozenset({Permission.KEEP_OWN_ACCOUNT})
_ALLY = _ACCOUNT | {
    Permission.READ_RECORD,
    Permission.UPDATE_OWN_ACTIONS,
    Permission.ANSWER_FOR_ONESELF,
    Permission.RAISE_CONCERN,
    Permission.SCORE_RISK,
}

TABLE: Mapping[Role, frozenset[Permission]] = {
    Role.ACCOUNT: _ACCOUNT,
    Role.ALLY: _ALLY,
    Role.CORE_TEAM: _ALLY
    | {
        Permission.UPDATE_ANY_ACTION,
        Permission.SEE_WHO_IS_ASKED,
        Permission.ANSWER_FOR_ANYONE,
        Permission.WRITE_NOTES,
        Permission.PUBLISH,
        Permission.KEEP_RISKS,
        Permission.KEEP_PEOPLE,
    },
    Role.CHAIR: _ALLY
    | {
        Permission.READ_PRIVATE_INTERESTS,
        Permission.SEE_WHO_IS_ASKED,
        Permission.WRITE_NOTES,
        Permission.PUBLISH,
        Permission.KEEP_RISKS,
        Permission.DECIDE_CASE,
    },
}

WHO_CAN: Mapping[Permission, str] = {
    Permission.KEEP_OWN_ACCOUNT: "Only somebody with an account can open this.",
    Permission.READ_RECORD: "Only members of the group and the core team can read this.",
    Permission.READ_PRIVATE_INTERESTS: "Only the person and the chairs can read this.",
    Permission.UPDATE_OWN_ACTIONS: "Only those who carry this action and the core team can update it.",
    Permission.UPDATE_ANY_ACTION: "Only the core team can do this.",
    Permission.SEE_WHO_IS_ASKED: "Only the chairs and the core team can see who has not answered.",
    Permission.ANSWER_FOR_ONESELF: "Only members of the group can answer this.",
    Permission.ANSWER_FOR_ANYONE: "Only the core team can answer for somebody else.",
    Permission.WRITE_NOTES: "Only the chairs, the core team and this meeting's note-taker can do this.",
    Permission.PUBLISH: "Only the chairs and the core team can do this.",
    Permission.RAISE_CONCERN: "Only members of the group and the core team can do this.",
    Permission.SCORE_RISK: "Only members of the group and the core team can do this.",
    Permission.KEEP_RISKS: "Only the chairs and the core team can do this.",
    Permission.DECIDE_CASE: "Only the chairs can decide this.",
    Permission.KEEP_PEOPLE: "Only the core team can do this.",
}


class Refused(Exception):
    """Somebody may not do this. Its words say who can."""

    def __init__(self, permission: Permission, words: str = "") -> None:
        super().__init__(words or WHO_CAN[permission])
        self.permission = permission


@dataclass(frozen=True, slots=True)
class KeptFrom:
    """What one person is kept from on one day: ids of projects, of organisations, and of matters by themselves."""

    projects: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    matters: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.projects or self.organisations or self.matters)

    def covers(self, *, project: int | None, organisation: int | None, matter: int | None) -> bool:
        """Answer whether something about these (ids, or None) is kept from the person: any one is enough."""
        return project in self.projects or organisation in self.organisations or matter in self.matters


@dataclass(frozen=True, slots=True)
class Powers:
    """What one person may do on one day.

    `bodies` maps a role to the ids of the bodies it holds on; None instead of a set means every body. No role
    stands above `kept_from`.
    """

    person_id: int | None = None
    bodies: Mapping[Role, frozenset[int] | None] = field(default_factory=dict)
    kept_from: KeptFrom = KeptFrom()

    def may(self, permission: Permission, *, body_id: int | None = None) -> bool:
        """Answer whether the permission is held, on one body or (without one) on any at all."""
        return any(
            permission in TABLE[role] and (held is None or body_id is None or body_id in held)
            for role, held in self.bodies.items()
        )

    def where(self, permission: Permission) -> frozenset[int] | None:
        """Give the ids of the bodies on which the permission is held; None means every body."""
        found: frozenset[int] = frozenset()
        for role, held in self.bodies.items():
            if permission in TABLE[role]:
                if held is None:
                    return None
                found |= held
        return found

    def has(self, role: Role) -> bool:
        """Answer whether the role is held on any body."""
        return role in self.bodies


def with_those_below(body_ids: frozenset[int], parents: Mapping[int, int | None]) -> frozenset[int]:
    """Give the bodies and all below them, from a map of each body to its parent."""
    found = set(body_ids)
    grew = True
    while grew:
        below = {body for body, parent in parents.items() if parent in found} - found
        found |= below
        grew = bool(below)
    return frozenset(found)
