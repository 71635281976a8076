"""Checks the quality of the ranking on a real firm's record: load, train, score and rank as a user would, then compare;
and that a second training, crippled, is told apart and held back.

The data and the tool that judges lie beside the checkout (QUALITY_DATA, ../shared unless set): data/decision and
tools/match_eval.py. Without them there is nothing to check. Fails below the floor, above the memory limit, and if the
crippled version goes live.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from jobrec_ui.commands.exit_codes import DONE, HELD_BACK
from jobrec_ui.features import catalogue

ROOT = Path(__file__).resolve().parents[1]
FLOOR = {"AUC": 0.89, "MRR": 0.55, "NDCG@10": 0.52, "R@100": 0.38}
AIM = {"AUC": 0.91, "MRR": 0.61, "NDCG@10": 0.57, "R@100": 0.45}
MEMORY_LIMIT_MB = 4096
# Load and train together. Reported, not enforced: how long it takes is also up to the machine.
EXPECTED_SECONDS = 180
# All that the crippled version may see: it says little about who fits.
CRIPPLED_TO = {"posting_remote", "skills_required", "days_since_first"}
HELD_BACK_LINE = re.compile(r"^ +2 +held back ", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """A finished command: what it printed, how long it took, and the most memory it held."""

    output: str
    seconds: float
    peak_mb: float


def run(*command: str, environment: Mapping[str, str] | None = None, accepted: Collection[int] = (0,)) -> Run:
    """Runs a command to its end. Raises SystemExit with its code and output for an exit code that is not accepted."""
    started = time.monotonic()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read()
    if process.returncode not in accepted:
        sys.exit(f"{' '.join(command)} failed with exit code {process.returncode}.\n{text}")
    per_mb = 1024 * (1024 if sys.platform == "darwin" else 1)  # ru_maxrss is in KB, on macOS in bytes
    return Run(text, time.monotonic() - started, usage.ru_maxrss / per_mb)


def measure(data: Path) -> tuple[dict[str, float], dict[str, Run]]:
    """The figures of FLOOR, and the runs of the app's commands by name."""
    tool = [sys.executable, str(data / "tools" / "match_eval.py")]
    with tempfile.TemporaryDirectory(prefix="quality-") as folder:
        work = Path(folder, "work")
        decision = str(data / "data" / "decision")
        run(*tool, "prepare", "--data", decision, "--out", str(work))
        environment = {**os.environ, "JOBREC_HOME": str(Path(folder, "home"))}
        environment.pop("JOBREC_WAREHOUSE", None)

        def jobrec(*arguments: str, accepted: Collection[int] = (0,)) -> Run:
            return run(sys.executable, "-m", "jobrec_ui", *arguments, environment=environment, accepted=accepted)

        inputs = Path(folder, "inputs")  # only what may be learned from, not the labels
        inputs.mkdir()
        for name in ("postings.csv", "candidates.csv", "interactions.csv"):
            (inputs / name).symlink_to(work / name)
        scores, ranks = str(work / "scores.csv"), str(work / "ranks.csv")
        runs = {
            "load": jobrec("load", str(inputs)),
            "train": jobrec("train", "--wait"),
            "score": jobrec("score", "--pairs", str(work / "pairs.csv"), "--out", scores),
            "rank": jobrec("rank", "--postings", str(work / "test_postings.csv"), "--top", "100", "--out", ranks),
        }
        left_out = ",".join(name for name in catalogue.names() if name not in CRIPPLED_TO)
        runs["cripple"] = jobrec("models", "train", "--wait", "--leave-out", left_out, accepted=(DONE, HELD_BACK))
        runs["models"] = jobrec("models", "list")
        sampled = run(*tool, "score", "--work", str(work), "--scores", scores).output
        pool = run(*tool, "ranks", "--work", str(work), "--ranks", ranks).output
    figures = dict(_figures(sampled))
    figures["R@100"] = dict(_figures(pool))["R@100"]
    return figures, runs


def _figures(text: str) -> Iterator[tuple[str, float]]:
    for name, value in re.findall(r"(AUC|MRR|NDCG@10|R@100) ([0-9.]+)", text):
        yield name, float(value)


def failures(figures: Mapping[str, float], runs: Mapping[str, Run]) -> list[str]:
    """What is not good enough, in words; empty if all is."""
    found = [
        f"{name} is {figures[name]:.3f}, below the floor of {floor:.2f}."
        for name, floor in FLOOR.items()
        if not figures[name] >= floor
    ]
    if not HELD_BACK_LINE.search(runs["models"].output):
        found.append(f"The crippled version was not held back:\n{runs['models'].output}")
    return found + [
        f"{name} held {one.peak_mb:,.0f} MB, more than {MEMORY_LIMIT_MB:,} MB."
        for name, one in runs.items()
        if one.peak_mb > MEMORY_LIMIT_MB
    ]


def main() -> int:
    """Prints the figures; 1 if one is not good enough."""
    data = (ROOT / os.environ.get("QUALITY_DATA", "../shared")).resolve()
    if not (data / "tools" / "match_eval.py").is_file() or not (data / "data" / "decision").is_dir():
        print(f"Quality: not checked, there is no data at {data} (QUALITY_DATA names another place).")
        return 0
    figures, runs = measure(data)
    print(f"{'':8} {'found':>7} {'floor':>7} {'aim':>7}")
    for name, floor in FLOOR.items():
        print(f"{name:8} {figures[name]:7.3f} {floor:7.2f} {AIM[name]:7.2f}")
    print(runs["models"].output)
    for name, one in runs.items():
        print(f"{name:8} {one.seconds:6.1f} s, {one.peak_mb:6,.0f} MB at most")
    seconds = runs["load"].seconds + runs["train"].seconds
    late = "" if seconds <= EXPECTED_SECONDS else f", more than the {EXPECTED_SECONDS} s that two idle cores need"
    print(f"load and train: {seconds:.0f} s{late}")
    found = failures(figures, runs)
    print("\n".join(found) or "Quality: good enough.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
