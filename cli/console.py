"""What people see while the command line works: progress and short lines, all on standard error.

Standard output stays free for the JSON and the one line that other programs wait for.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Report = Callable[[str, float], None]
"""Tells how far a job is: what it is doing, and the share done from 0 to 1."""

console = Console(stderr=True, highlight=False)


class Jobs:
    """Progress bars, one per job; on a pipe or in CI, a line per stage instead."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress

    def start(self, name: str) -> Report:
        """Show a new job and return the function that moves it along."""
        task = self._progress.add_task(name, total=1.0, stage="")
        last = ""

        def report(stage: str, share: float) -> None:
            nonlocal last
            if stage != last and not console.is_terminal:
                console.print(f"{name}: {stage}")
            last = stage
            self._progress.update(task, completed=min(share, 1.0), stage=stage)

        return report


@contextmanager
def jobs() -> Iterator[Jobs]:
    """Bars that stay on the screen when their jobs are done."""
    columns = (
        SpinnerColumn(finished_text="[green]✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("[dim]{task.fields[stage]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield Jobs(progress)
