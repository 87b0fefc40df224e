"""Bars and lines as SVG that reads on light and on dark pages."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH = 720
ROW, LABELS, NOTES, TOP = 26, 190, 190, 44
HEIGHT, LEFT, RIGHT, BOTTOM = 380, 70, 150, 44
STYLE = """<style>
text{font:13px system-ui,sans-serif;fill:#24292f}.title{font-size:15px;font-weight:600}.soft{fill:#57606a}
.other{fill:#8c959f}.own{fill:#0a7d53}.axis{stroke:#d0d7de}.line{fill:none;stroke-width:2}
.c0{stroke:#0a7d53;fill:#0a7d53}.c1{stroke:#0969da;fill:#0969da}.c2{stroke:#bc4c00;fill:#bc4c00}
@media (prefers-color-scheme:dark){text{fill:#e6edf3}.soft{fill:#9198a1}.other{fill:#6e7681}.own{fill:#3fb984}
.axis{stroke:#3d444d}.c0{stroke:#3fb984;fill:#3fb984}.c1{stroke:#58a6ff;fill:#58a6ff}
.c2{stroke:#f0883e;fill:#f0883e}}
path.line{fill:none}</style>"""


@dataclass(frozen=True)
class Bar:
    """own: Aisle's, and so in colour. note: what stands behind the bar; without it, the value."""

    label: str
    value: float
    note: str = ""
    own: bool = False


def bars(title: str, described: str, rows: Sequence[Bar]) -> str:
    """One row a bar, from 0; `described` is for those who cannot see it."""
    most = max((row.value for row in rows), default=0.0) or 1.0
    room = WIDTH - LABELS - NOTES
    parts = []
    for place, row in enumerate(rows):
        y = TOP + place * ROW
        length = max(1.0, room * row.value / most)
        note = escape(row.note or number(row.value))
        parts.append(f'<text x="{LABELS - 8}" y="{y + 15}" text-anchor="end">{escape(row.label)}</text>')
        kind = "own" if row.own else "other"
        parts.append(
            f'<rect class="{kind}" x="{LABELS}" y="{y + 2}" width="{length:.1f}" height="18" rx="2"/>'
        )
        parts.append(f'<text class="soft" x="{LABELS + length + 6:.1f}" y="{y + 15}">{note}</text>')
    return framed(title, described, TOP + len(rows) * ROW + 10, parts)


def lines(
    title: str, described: str, x_name: str, series: Sequence[tuple[str, Sequence[tuple[float, float]]]]
) -> str:
    """Lines on logarithmic axes; all coordinates must be above 0."""
    points = [point for _, each in series for point in each]
    if not points or min(min(point) for point in points) <= 0:
        raise ValueError("logarithmic axes need points above 0")
    x = _Axis([point[0] for point in points], LEFT, WIDTH - RIGHT)
    y = _Axis([point[1] for point in points], HEIGHT - BOTTOM, TOP)
    parts = [*_grid(x, y, x_name)]
    for place, (name, each) in enumerate(series):
        at = [(x.place(left), y.place(up)) for left, up in each]
        path = "M" + "L".join(f"{left:.1f},{up:.1f}" for left, up in at)
        parts.append(f'<path class="line c{place % 3}" d="{path}"/>')
        parts += [f'<circle class="c{place % 3}" cx="{left:.1f}" cy="{up:.1f}" r="3"/>' for left, up in at]
        parts.append(f'<text x="{at[-1][0] + 8:.1f}" y="{at[-1][1] + 4:.1f}">{escape(name)}</text>')
    return framed(title, described, HEIGHT, parts)


class _Axis:
    """Powers of ten, and the place of a value between them."""

    def __init__(self, values: Sequence[float], start: float, end: float) -> None:
        self._low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
        self._high = max(high, self._low + 1)
        self._start, self._end = start, end

    @property
    def marks(self) -> list[float]:
        return [10.0**power for power in range(self._low, self._high + 1)]

    def place(self, value: float) -> float:
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return self._start + share * (self._end - self._start)


def _grid(x: _Axis, y: _Axis, x_name: str) -> list[str]:
    low, high = HEIGHT - BOTTOM, TOP
    parts = []
    for mark in x.marks:
        at = x.place(mark)
        parts.append(f'<path class="axis" d="M{at:.1f},{low}V{high}"/>')
        parts.append(
            f'<text class="soft" x="{at:.1f}" y="{low + 18}" text-anchor="middle">{number(mark)}</text>'
        )
    for mark in y.marks:
        at = y.place(mark)
        parts.append(f'<path class="axis" d="M{LEFT},{at:.1f}H{WIDTH - RIGHT}"/>')
        parts.append(
            f'<text class="soft" x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{number(mark)}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    name = f'<text class="soft" x="{middle}" y="{low + 36}" text-anchor="middle">{escape(x_name)}</text>'
    return [*parts, name]


def framed(title: str, described: str, height: int, parts: Sequence[str]) -> str:
    """The whole drawing."""
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">'
    told = f"<title>{escape(title)}</title><desc>{escape(described)}</desc>"
    head = f'<text class="title" x="12" y="24">{escape(title)}</text>'
    return "\n".join([opening, told, STYLE, head, *parts, "</svg>", ""])


def number(value: float) -> str:
    """Short, with as many digits as say something."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 1 else f"{value:.4f}"
