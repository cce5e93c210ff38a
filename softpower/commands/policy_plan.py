"""``softpower plan``: check a policy plan; exit 1 where it is not ready."""

from pathlib import Path

from softpower import policy

_HEADINGS = {
    "missing": "Still to write",
    "error": "Errors: these stop the plan",
    "warning": "Warnings: the plan may go on, but read these",
}


def add_arguments(parser):
    """Add the command's arguments."""
    parser.add_argument("plan", type=Path, metavar="PLAN.json", help="the file of a policy plan")


def run(arguments):
    """Print what is missing, wrong or doubtful; return 1 where the plan is not ready."""
    findings = policy.check(policy.read(arguments.plan))
    for level, heading in _HEADINGS.items():
        rows = [finding for finding in findings if finding.level == level]
        if rows:
            print(f"\n{heading} ({len(rows)})")
            print("\n".join(f"  - {row}" for row in rows))
    ready = policy.is_valid(findings)
    print(
        f"\n{arguments.plan.name}: {'the plan is valid.' if ready else 'the plan is not ready yet.'}"
    )
    return 0 if ready else 1
