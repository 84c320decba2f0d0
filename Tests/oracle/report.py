"""Checks the figures of a report against the dataset that it was made of.

usage: report.py DATASET.jsonl... REPORT.html

The page has to be well-formed XML too, so that the standard library can read it. Every table of
numbers is looked up by its label; bins are round, so their edges are exact as they are written.
"""

import json
import sys
import xml.etree.ElementTree as ElementTree


def number(text):
    text = text.replace(",", "").replace("\u2212", "-").strip()
    return float(text[:-2]) / 100 if text.endswith(" %") else float(text)


def tables(page):
    found = {}
    for region in page.iter("div"):
        if region.get("role") == "region":
            rows = [["".join(cell.itertext()) for cell in row] for row in region.iter("tr")]
            found[region.get("aria-label")] = rows[1:]
    return found


def last_text(value):
    return value if isinstance(value, str) else value[-1]["content"]


def main():
    rows = []
    for path in sys.argv[1:-1]:
        with open(path, encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    page = ElementTree.parse(sys.argv[-1]).getroot()
    assert not list(page.iter("script")), "a script in the page"
    found = tables(page)

    chosen = [len(last_text(row["chosen"])) for row in rows]
    rejected = [len(last_text(row["rejected"])) for row in rows]
    margins = [row["score_chosen"] - row["score_rejected"] for row in rows]

    def check_histogram(label, values):
        bins = found[label]
        for lower, upper, count, share in bins:
            expected = sum(number(lower) <= value < number(upper) for value in values)
            assert int(count) == expected, (label, lower, upper, count, expected)
            assert abs(number(share) - expected / len(values)) <= 0.00051, (label, lower, share)
        inside = sum(int(row[2]) for row in bins)
        assert inside >= 0.98 * len(values) - 2, (label, inside, len(values))

    check_histogram("Length of answers: chosen", chosen)
    check_histogram("Length of answers: rejected", rejected)
    check_histogram("Margin between chosen and rejected: margin", margins)

    gaps = [a - b for a, b in zip(chosen, rejected)]
    shares = found["Longer answer chosen, by difference of length: longer chosen"]
    longer = sum(gap > 0 for gap in gaps)
    differing = sum(gap != 0 for gap in gaps)
    # The groups hold about as many pairs each, so the mean of their shares is about the whole's.
    mean = sum(number(row[1]) for row in shares) / len(shares)
    assert abs(mean - longer / differing) < 0.05, (mean, longer / differing)
    print(f"{len(rows)} pairs, {len(found)} tables")


main()
