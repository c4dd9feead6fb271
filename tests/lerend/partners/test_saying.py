"""A proposal says the topic and who gives, and never a score, an order or a name."""

from __future__ import annotations

import re

import pytest

from lerend.partners.saying import to_the_giver, to_the_taker, what_it_tells
from lerend.wording import Text

TOPIC = Text(nl="Je veilig voelen", en="Feeling safe")


def test_proposal_names_the_topic_and_holds_no_number() -> None:
    for sentence in (to_the_giver(TOPIC), to_the_taker(TOPIC)):
        said = sentence.in_language("en")
        assert "Feeling safe" in said
        assert not re.search(r"\d|%|score", said)


@pytest.mark.parametrize(
    "what",
    ["no score and no name", "may guess that it is you", "Only after both said yes", "coordinator sees", "stop at"],
)
def test_what_a_proposal_tells_is_said_before_opting_in(what: str) -> None:
    assert what in " ".join(one.in_language("en") for one in what_it_tells())
