"""What a server's process has in memory before its first request."""

import subprocess
import sys

STARTED = """
import gc, sys
import aboveline.config.wsgi
assert "aboveline.web.views.assessments" in sys.modules, "the first request would wait for the pages"
assert gc.isenabled(), "what requests leave behind would never be collected"
assert gc.get_freeze_count() > 100_000, "every collection would go through the whole program"
"""


def test_the_pages_are_loaded_and_what_is_loaded_is_left_alone_by_the_collector(tmp_path):
    words = [sys.executable, "-W", "ignore", "-c", STARTED]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
