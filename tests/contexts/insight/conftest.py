import pytest

from tests.cast import Cast
from tests.contexts.insight.world import Year


@pytest.fixture
def year(cast: Cast) -> Year:
    return Year(cast)
