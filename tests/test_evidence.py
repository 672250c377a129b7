"""The words that decided are words of the text."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "text",
    [
        "Gia đình tôi xin cấp Giấy chứng nhận quyền sử dụng đất ba năm chưa xong",
        "RÁC THẢI CHẤT ĐỐNG BỐC MÙI HÔI THỐI CẠNH TRƯỜNG HỌC",
        "Uỷ ban hoà giải mãi mà hàng xóm vẫn lấn chiếm thửa đất",
    ],
)
def test_evidence_stands_in_the_text_as_written(tagger, text) -> None:
    words = tagger.tag([text])[0].evidence
    assert 1 <= len(words) <= 5
    assert all(word in text for word in words)


def test_evidence_of_another_topic_can_be_asked_for(tagger) -> None:
    words = tagger.evidence("xin cấp sổ đỏ và sửa đoạn đường vào bản", "planning")
    assert "đường" in {word for word, _ in words}
    assert all(part > 0 for _, part in words)
