"""Whether more processors would help: how the work falls on threads."""
from case import Case, Comparison, at_most

SETTING = "run.threads=16"
CALLING = at_most(0.04, form="{:.0%}")
OTHERS = at_most(0.08, form="{:.0%}")
DECODING = 2
"""Threads that may be decoding one file, one in each pass."""


def threads(bench):
    """How the work falls on threads, of 16 files and of one, with 16 threads"""
    one = [bench.corpora.file("nested")]
    many = {kind: bench.corpora.parts(16, kind) for kind in ("nested", "scattered")}
    from_many = [entry for kind, sources in many.items()
                 for entry in bench.in_both(f"16 files, {kind}", sources, SETTING, is_watched=True)]
    from_one = bench.in_both("one file", one, SETTING, is_watched=True)
    entries = from_many + from_one
    bench.measure(entries, one + many["nested"] + many["scattered"])
    calling = [
        Comparison.share(f"{entry.name}: calling thread",
                         [sample.threads.calling for sample in entry.samples], CALLING)
        for entry in entries]
    others = [
        Comparison.share(f"{entry.name}: busiest other thread{besides}",
                         [sample.threads.others[skipped] for sample in entry.samples], OTHERS)
        for group, skipped, besides in [
            (from_many, 0, ""), (from_one, DECODING, " but the decoders")]
        for entry in group]
    return Case(
        f"Work by thread, with {SETTING}",
        "The corpora cut into sixteen files of as many lines. What one thread takes bounds what "
        "more processors can gain; this machine need not have them. Threads were looked at every "
        "3 ms, which slows the runs a little. One zstd frame is decoded by one thread after "
        f"another, so the {DECODING} busiest threads of one file, a decoder in each pass, are left "
        "out.",
        entries, calling + others)
