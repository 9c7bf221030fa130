"""What `import kit` costs over a bare Python, in milliseconds; the budget is 20."""

import statistics
import subprocess
import sys
import time

ROUNDS = 25


def run():
    """Start Python with and without the import, in turn, and compare the medians."""
    seconds = {"pass": [], "import kit": []}
    for _ in range(ROUNDS):
        for code, taken in seconds.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            taken.append(time.perf_counter() - start)
    bare, ours = (1000 * statistics.median(taken) for taken in seconds.values())
    note = f"median of {ROUNDS} in turn, {bare:.1f} ms without it; budget 20 ms"
    return [{"what": "`import kit`", "figure": f"{ours - bare:.1f}", "unit": "ms", "note": note}]
