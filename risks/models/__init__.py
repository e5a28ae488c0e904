"""What worries the group: risks and how they were weighed, views on values, concerns, and the scheme behind them."""

from risks.models.assessment import VELOCITY_CHOICES, Assessment, Stage
from risks.models.case import (
    LEVEL_CHOICES,
    Case,
    CaseDecision,
    CaseResponse,
    DecidedBy,
    HostNotice,
    Move,
    Trigger,
    TriggerKind,
)
from risks.models.concern import Concern, ConcernRaiser, ConcernState, StoodAside, the_group
from risks.models.key import ClosureDay, Key, Naming, StandDown, Substitute
from risks.models.position import ValuesPosition
from risks.models.proposal import Proposal, ProposalAnswer
from risks.models.review import Review, ReviewedCase
from risks.models.risk import Category, Reopening, Response, Risk, RiskMatter, RiskStatus, Treatment
from risks.models.scheme import SchemeVersion

__all__ = [
    "LEVEL_CHOICES",
    "VELOCITY_CHOICES",
    "Assessment",
    "Case",
    "CaseDecision",
    "CaseResponse",
    "Category",
    "ClosureDay",
    "Concern",
    "ConcernRaiser",
    "ConcernState",
    "DecidedBy",
    "HostNotice",
    "Key",
    "Move",
    "Naming",
    "Proposal",
    "ProposalAnswer",
    "Reopening",
    "Response",
    "Review",
    "ReviewedCase",
    "Risk",
    "RiskMatter",
    "RiskStatus",
    "SchemeVersion",
    "Stage",
    "StandDown",
    "StoodAside",
    "Substitute",
    "Treatment",
    "Trigger",
    "TriggerKind",
    "ValuesPosition",
    "the_group",
]
