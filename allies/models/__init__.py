"""The data that every other app stands on."""

from allies.models.about import About, Declaration
from allies.models.accounts import OPERATOR, Account, Actor, Operator
from allies.models.bodies import Appointment, Body, BodyKind, Post, SaidBy, Seat
from allies.models.calendars import CalendarAddress
from allies.models.interests import Interest, InterestsReturn
from allies.models.matters import Matter
from allies.models.people import AccessNeeds, OtherName, Person
from allies.models.projects import Agreement, Organisation, Part, Participation, Project
from allies.models.withholding import Withholding

__all__ = [
    "OPERATOR",
    "About",
    "AccessNeeds",
    "Account",
    "Actor",
    "Agreement",
    "Appointment",
    "Body",
    "BodyKind",
    "CalendarAddress",
    "Declaration",
    "Interest",
    "InterestsReturn",
    "Matter",
    "Operator",
    "Organisation",
    "OtherName",
    "Part",
    "Participation",
    "Person",
    "Post",
    "Project",
    "SaidBy",
    "Seat",
    "Withholding",
]
