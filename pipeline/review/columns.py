"""The columns of the review sheet: what is shown, what may be filled in, how wide."""

from __future__ import annotations

from dataclasses import dataclass

OPINIONS_SHEET = "Ý kiến"
GUIDE_SHEET = "Hướng dẫn"
LISTS_SHEET = "Danh mục"
REVIEWER_LABEL = "Người xem:"
NOTHING = "(không có)"
SEEN = "x"


@dataclass(frozen=True)
class Column:
    """One column; `choices` names the list of its drop-down, `fill` tells that people write in it."""

    key: str
    heading: str
    width: float
    fill: bool = False
    choices: str = ""
    hidden: bool = False
    needed: bool = False


COLUMNS = (
    Column("opinion_id", "Mã ý kiến", 13, needed=True),
    Column("why", "Vì sao cần xem", 22),
    Column("text", "Nội dung ý kiến", 58, needed=True),
    Column("context", "Ngữ cảnh", 20),
    Column("evidence", "Từ ngữ khiến máy chọn", 20),
    Column("confidence", "Độ tin cậy", 8),
    Column("seen", "Đã xem (x)", 8, fill=True, choices="seen", needed=True),
    Column("topic_now", "Lĩnh vực (máy)", 19),
    Column("topic", "Lĩnh vực đúng", 19, fill=True, choices="topic", needed=True),
    Column("also_now", "Lĩnh vực kèm (máy)", 19),
    Column("also1", "Lĩnh vực kèm đúng 1", 19, fill=True, choices="also", needed=True),
    Column("also2", "Lĩnh vực kèm đúng 2", 19, fill=True, choices="also", needed=True),
    Column("kind_now", "Loại ý kiến (máy)", 11),
    Column("kind", "Loại ý kiến đúng", 12, fill=True, choices="kind", needed=True),
    Column("lead_now", "Cơ quan chủ trì (máy)", 24),
    Column("lead", "Cơ quan chủ trì đúng", 24, fill=True, choices="lead", needed=True),
    Column("remark", "Ghi chú", 24, fill=True, needed=True),
    Column("speaker", "Người nêu", 16),
    Column("source", "Nguồn", 24),
    Column("basis", "Dấu kiểm 1 (không sửa)", 18, hidden=True, needed=True),
    Column("seal", "Dấu kiểm 2 (không sửa)", 18, hidden=True, needed=True),
)

GUIDE = (
    ("Cách dùng bảng này", True),
    (
        "1. Mở trang «Ý kiến». Các ý kiến cần xem trước đứng trên cùng; cột «Vì sao cần xem» nói rõ lý do.",
        False,
    ),
    (
        "2. Chỉ điền vào các cột nền vàng. Cột nền xám bên trái là kết quả của máy, để đối chiếu.",
        False,
    ),
    ("3. Máy đúng: chỉ cần chọn «x» ở cột «Đã xem (x)», các cột khác để trống.", False),
    (
        "4. Máy sai: chọn giá trị đúng trong danh sách ở cột «… đúng». Ô để trống nghĩa là đồng ý với máy.",
        False,
    ),
    (
        "5. Dòng không phải là ý kiến của người dân (lời dẫn, lời chủ tọa, câu trả lời, thủ tục): chọn "
        "{verdicts} ở cột «Lĩnh vực đúng». Dòng đó được đưa ra khỏi bảng tổng hợp và phiếu chuyển.",
        False,
    ),
    (
        f"6. Không có lĩnh vực kèm nào: chọn «{NOTHING}» ở cột «Lĩnh vực kèm đúng 1». "
        "Điền một trong hai ô kèm là thay toàn bộ lĩnh vực kèm của máy.",
        False,
    ),
    (
        "7. Sửa lĩnh vực mà không sửa cơ quan: chương trình tự chọn lại cơ quan theo lĩnh vực mới.",
        False,
    ),
    (
        "8. Khiếu nại, tố cáo: chọn đúng loại; ý kiến sẽ được chuyển sang quy trình tiếp công dân.",
        False,
    ),
    (
        "9. Hàng không điền gì được coi là chưa xem. Không đổi mã ý kiến, không xóa cột. "
        "Có thể lọc theo cột; có thể lưu bằng Excel hoặc LibreOffice (giữ dạng .xlsx).",
        False,
    ),
    (
        "10. Xong thì lưu lại và gửi về; người phụ trách nhập bằng lệnh: "
        "ykien review import TÊN_TỆP.xlsx --dir THƯ_MỤC_KẾT_QUẢ --by TÊN",
        False,
    ),
)
"""Lines of the first sheet and whether each is a title; `{verdicts}` are the names in force."""
