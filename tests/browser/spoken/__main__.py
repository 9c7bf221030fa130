"""`python -m tests.browser.spoken [-k WIDGET]`: writes the transcripts anew; then read the diff."""

import os
import sys

import pytest

from tests.browser.spoken import ANEW

os.environ[ANEW] = "yes"
sys.exit(pytest.main(["-q", "tests/browser/test_spoken.py", *sys.argv[1:]]))
