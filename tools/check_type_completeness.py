"""Hold the share of the public interface whose types are known to strict checkers at 99 % or more."""

from __future__ import annotations

import json
import subprocess
import sys

LEAST = 0.99


def main() -> int:
    command = ["-m", "pyright", "--verifytypes", "wsis_model", "--ignoreexternal", "--outputjson"]
    done = subprocess.run([sys.executable, *command], capture_output=True, text=True)
    found = json.loads(done.stdout)["typeCompleteness"]
    score = found["completenessScore"]
    print(f"types known: {score:.1%} of the public interface (at least {LEAST:.0%})")
    if score >= LEAST:
        return 0
    for symbol in found["symbols"]:
        if symbol["isExported"] and not symbol["isTypeKnown"]:
            print(f"  {symbol['name']}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main())
