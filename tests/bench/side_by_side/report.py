"""The measurement as tables."""

from __future__ import annotations

from .scenarios import Row


def table(rows: list[Row]) -> str:
    names = list(rows[0].values)
    lines = ["| figure | " + " | ".join(names) + " | to the better peer | bar | |",
             "| --- |" + " ---: |" * len(names) + " ---: | ---: | --- |"]
    for row in rows:
        figure = row.figure
        cells = [f"{row.median(n):.2f} ({min(row.values[n]):.2f}–{max(row.values[n]):.2f})" for n in names]
        ratio = f"{row.ratio:.2f}" if row.ratio is not None and not figure.alone else "-"
        bar = f"≤ {figure.limit:.2f}" + (f" {figure.unit}" if figure.alone else "")
        lines.append(f"| {figure.title}, {figure.unit} | " + " | ".join(cells) +
                     f" | {ratio} | {bar} | {'holds' if row.holds else 'MISSED'} |")
    return "\n".join(lines)


def plain(header: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "| --- |" + " ---: |" * (len(header) - 1)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])
