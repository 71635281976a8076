"""Runs the benches one after another, each in a process of its own, and prints and keeps what they found.

    python -m bench [--sizes 5000 100000 1000000] [--folder FOLDER] [--out FILE.json]

A company of each size is made once and kept in the folder for the next run.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 100_000, 1_000_000], help="candidates")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "jobrec_ui_bench")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "results" / "bench.json")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)

    found = _run("bench.prediction")
    for size in options.sizes:
        company = options.folder / f"company_{size}.duckdb"
        if not company.exists():
            found += _run("bench.company", str(company), str(size))
        found += _run("bench.ranking", str(company))
        found += _run("bench.desk", str(company))
    found += _run("bench.translation", str(options.folder / f"company_{options.sizes[0]}.duckdb"))
    found += _run("bench.wire", str(options.folder / f"company_{options.sizes[0]}.duckdb"))

    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    width = max(len(row["what"]) for row in found)
    for row in found:
        print(f"{row['what']:<{width}}  {row['value']:>12,.3f} {row['unit']}")
    print(f"Kept in {options.out}")


def _run(module: str, *arguments: str) -> list[dict]:
    """The figures that a bench prints as JSON on its last line."""
    print(f"… {module} {' '.join(arguments)}", file=sys.stderr, flush=True)
    done = subprocess.run([sys.executable, "-m", module, *arguments], check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


if __name__ == "__main__":
    main()
