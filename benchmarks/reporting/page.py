"""Puts tables and charts between the marks of a page, and leaves its prose alone.

A mark is a line `<!-- results: NAME -->`, closed by `<!-- end -->`.
"""

import re

from reporting.sections import SECTIONS, Shown
from reporting.store import Stored

BLOCK = re.compile(r"(<!-- results: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def filled(page: str, stored: dict[str, Stored]) -> tuple[str, dict[str, str]]:
    """The page with every block written anew, and the charts (file name -> SVG).

    ValueError for a block that no section is known for, and for a section without a block.
    """
    charts: dict[str, str] = {}
    names = [match["name"] for match in BLOCK.finditer(page)]
    if sorted(names) != sorted(SECTIONS):
        odd = ", ".join(sorted(set(names) ^ set(SECTIONS))) or "one of them twice"
        raise ValueError(f"the page must have one block for each section; see {odd}")

    def block(match: re.Match[str]) -> str:
        text, drawn = body(match["name"], stored)
        charts.update(drawn)
        return f"{match[1]}\n{text}\n{match[3]}"

    return BLOCK.sub(block, page), charts


def body(name: str, stored: dict[str, Stored]) -> tuple[str, dict[str, str]]:
    """What stands in a block, and its charts."""
    section = SECTIONS[name]
    there = {run: stored[run] for run in section.runs if run in stored}
    if not there:
        return "Not measured yet.\n", {}
    shown = section.show({run: each.result for run, each in there.items()})
    drawn = {f"{chart}.svg": svg for chart, (svg, _) in shown.charts.items()}
    pictures = [f"![{told}](images/benchmarks/{chart}.svg)" for chart, (_, told) in shown.charts.items()]
    origins = "\n".join(origin(each) for each in there.values())
    return "\n\n".join([origins, table(shown), *shown.remarks, *pictures]) + "\n", drawn


def origin(run: Stored) -> str:
    """When, where and how a result was had."""
    facts = [f"{run.date}, {run.machine}"]
    if run.load_average:
        facts.append("load average {} before and {} after".format(*run.load_average))
    if run.seconds:
        facts.append(f"{run.seconds:.0f} s in all")
    return f"- `{run.command}`: {'; '.join(facts)}."


def table(shown: Shown) -> str:
    """As Markdown, figures to the right."""
    rule = ["---" if place == 0 else "---:" for place in range(len(shown.heads))]
    rows = [shown.heads, tuple(rule), *shown.rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "/") for cell in row) + " |" for row in rows)
