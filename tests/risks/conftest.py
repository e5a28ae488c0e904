"""Both co-chairs of the Allies Group, by their seats."""

import pytest

from allies.models import Account, Post, Seat


@pytest.fixture
def lived(account_of, group) -> Account:
    return account_of(group, Post.CO_CHAIR, seat=Seat.LIVED)


@pytest.fixture
def learnt(account_of, group) -> Account:
    return account_of(group, Post.CO_CHAIR, seat=Seat.LEARNT)
