"""What all tests share: how hard Hypothesis tries, the shipped catalogue, and the real documents
beside the project.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from wsis_model import Corpus
from wsis_model import catalogue as shipped

#: What needs Spark, and so Java, has a job of its own that names it, `tools/do.py spark`; and so has
#: the page that checks, which must be built, `tools/do.py web`.
collect_ignore = ["spark", "web"]

#: Whole corpora are large examples by design; and a slow computer is no reason to fail.
_COMMON = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
settings.register_profile("quick", _COMMON, max_examples=15)
settings.register_profile("heavy", _COMMON, max_examples=300)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and official vocabularies beside the project."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("needs the real documents: there is no folder 'shared' beside the project")
    return folder


@pytest.fixture(scope="session")
def catalogue() -> Corpus:
    """The shipped corpus."""
    return shipped()
