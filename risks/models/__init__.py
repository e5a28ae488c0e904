"""What worries the group: risks and how they were weighed, views on values, concerns, and the scheme behind them."""

from risks.models.assessment import VELOCITY_CHOICES, Assessment, Stage
from risks.models.concern import Concern, ConcernRaiser, ConcernState, StoodAside, the_group
from risks.models.position import ValuesPosition
from risks.models.risk import Category, Response, Risk, RiskMatter, RiskStatus, Treatment
from risks.models.scheme import SchemeVersion

__all__ = [
    "VELOCITY_CHOICES",
    "Assessment",
    "Category",
    "Concern",
    "ConcernRaiser",
    "ConcernState",
    "Response",
    "Risk",
    "RiskMatter",
    "RiskStatus",
    "SchemeVersion",
    "Stage",
    "StoodAside",
    "Treatment",
    "ValuesPosition",
    "the_group",
]
