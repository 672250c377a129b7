"""`ykien review`: corrections in Excel and back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

CONFLICTS = 3


@click.group("review")
def command() -> None:
    """Xuất bảng Excel để xem lại, và nhập bảng đã sửa.

    Example: ykien review export ket_qua/ -o review.xlsx
    """


@command.command("export")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path), help="Tệp .xlsx.")
@click.option(
    "--audit",
    default=0.05,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="Phần ý kiến máy tự quyết được rút ngẫu nhiên để kiểm tra.",
)
@click.option("--reviewer", default="", help="Tên người xem, ghi ở trang đầu.")
@click.option("--all", "everything", is_flag=True, help="Đưa mọi ý kiến vào bảng.")
def export_(folder: Path, out: Path, audit: float, reviewer: str, everything: bool) -> None:
    """Write the opinions of a run that a person should look at to an Excel sheet.

    Example: ykien review export ket_qua/ -o review.xlsx --reviewer "Lý A"
    """
    from pipeline.review import export_review

    n = export_review(folder, out, audit=audit, reviewer=reviewer, everything=everything)
    click.echo(f"{n} ý kiến cần xem, ở: {out}")


@command.command("import")
@click.argument(
    "sheets", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--dir",
    "folder",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Thư mục kết quả mà bảng được xuất ra từ đó.",
)
@click.option("--by", "who", required=True, help="Người xem, khi bảng không ghi tên.")
@click.option(
    "--labelled", type=click.Path(path_type=Path), help="Thư mục khác cho ý kiến đã gắn nhãn."
)
@click.option("--no-labels", is_flag=True, help="Không thêm vào dữ liệu huấn luyện.")
def import_(sheets, folder: Path, who: str, labelled: Path | None, no_labels: bool) -> None:
    """Put filled-in sheets in force: papers are written again, labels kept for training.

    Example: ykien review import review.xlsx --dir ket_qua/ --by "Lý A"

    Exit code 0: all well; 1: nothing was imported; 3: some opinions are in conflict.
    """
    from pipeline.papers.set_aside import SET_ASIDE_FILE
    from pipeline.review import import_reviews
    from pipeline.review.conflicts import CONFLICT_FILE

    done = import_reviews(sheets, folder, who=who, labelled_folder=labelled, keep=not no_labels)
    click.echo(
        f"Đã nhập: {len(done.events)} lượt xem, {done.n_changed} ý kiến được sửa, "
        f"{done.known} lượt đã nhập từ trước."
    )
    for name, n in done.verdicts:
        click.echo(f"Đánh dấu «{name}»: {n} dòng, không còn trong giấy tờ (xem {SET_ASIDE_FILE}).")
    if done.papers_written:
        click.echo(f"Các giấy tờ trong {folder} đã được viết lại.")
    if done.labels:
        click.echo(f"Dữ liệu huấn luyện: {done.labels.written} ý kiến ở {done.labels.path}")
        _tell_left_out(done.labels)
    _tell_conflicts(done.conflicts)
    if done.conflicts:
        click.echo(
            f"{len(done.conflicts)} ý kiến hai người ghi khác nhau, chưa áp dụng "
            f"(xem {folder / CONFLICT_FILE}). Xuất lại bảng, thống nhất rồi nhập lại.",
            err=True,
        )
        sys.exit(CONFLICTS)


@command.command("labels")
@click.argument(
    "sheets", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--by", "who", required=True, help="Người gắn nhãn, khi bảng không ghi tên.")
def labels_(sheets, who: str) -> None:
    """Take back sheets of `ykien suggest` and `ykien audit-labels`, filled in.

    Example: ykien review labels nhan_nghi_sai.xlsx --by "Lý A"

    Exit code 0: all well; 1: nothing was imported; 3: some labels are in conflict.
    """
    from pipeline.review.labelling import import_labels

    done = import_labels(sheets, who=who)
    changed = sum(bool(event.changed) for event in done.events)
    click.echo(f"Đã nhập: {len(done.events)} nhãn đã xem, {changed} nhãn được sửa.")
    if done.n_no_opinion:
        click.echo(f"  {done.n_no_opinion} dòng không phải ý kiến, không dùng để huấn luyện")
    for path in done.changed_files:
        click.echo(f"  đã sửa {path}")
    if done.kept:
        click.echo(f"  {done.kept.written} ý kiến ở {done.kept.path}")
        _tell_left_out(done.kept)
    _tell_conflicts(done.conflicts)
    if done.conflicts:
        sys.exit(CONFLICTS)


def _tell_left_out(kept) -> None:
    for identity, why in kept.left_out:
        click.echo(f"  không thêm {identity}: {why}")


def _tell_conflicts(conflicts) -> None:
    from pipeline.review import conflict_lines

    for line in conflict_lines(conflicts):
        click.echo(f"Xung đột: {line}", err=True)
