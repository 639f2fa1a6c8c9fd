"""What tests about papers share: one receipt of everything, and finished papers read back from outside."""

import subprocess
from pathlib import Path

import pypdfium2
from hypothesis import strategies as st

from desk.services.pdf.receipt_values import ReceiptPaper, ReceiptRow

# domain.md 11, the whole list, and 𣇉, which no Noto face has.
RARE = "喆堃䶮㛃㼆䜣㑇鿍𬱖𬸣𬎆𫖯𬍛𠅤𬭎𬀩𬸚𬜬𫇭𪟝𬙂𬘭𫄸𤩽𣇉"
MINORITY = ("阿卜杜热合曼·买买提", "努尔麦麦提·阿卜杜喀迪尔", "买买提·吐尔逊", "扎西次仁", "巴特尔")
# Longest payload: version 1 in base64url after a host prefix of 37 characters.
CODE = "https://xf.example.gov.cn/r/" + "A" * 9 + "bQ3x_-Kd9" * 12 + "Zz0"
MISSING = "\U0003fffd"  # no face draws it
# Anything somebody may type or paste: rare, Latin, marks, controls, bidi; now and then what no face has.
_TYPED = "王𬱖陈一，。（）“”…·Ab9-. @\n\t\u202e\x00\ufe0f\U000e0100" + RARE[:4]
MIXED = st.one_of(
    st.text(st.sampled_from(_TYPED), max_size=90),
    st.text(st.sampled_from("王W，("), min_size=20, max_size=90),
    st.text(st.sampled_from(_TYPED), max_size=90),
    st.text(st.sampled_from(_TYPED + "\ue000" + MISSING), max_size=20),
)

RECEIPT = ReceiptPaper(
    title="来访接待回执",
    station="示例镇人大代表联络站",
    phone="0000-1234567",
    number="LF2026-A0312",
    spoken="4071 8826 3",
    code=CODE,
    visitor="陈**（1 人）",
    at_text="2026 年 11 月 23 日 10:30",
    rows=(
        ReceiptRow("事项", "小区雨后积水，下水道不通"),
        ReceiptRow("处理", "拟请镇城建办办理，由镇人大主席团签批后交办"),
        ReceiptRow(
            "告知去向",
            "，本站告诉您交给了谁、什么时候答复",
            strong="截至 2026 年 11 月 26 日（含当日）",
        ),
        ReceiptRow(
            "途径程序", "接待 → 签批交办 → 承办单位答复 → 本站反馈 → 请您评价；不服答复可依法另走程序"
        ),
    ),
    notes=(
        "扫码或拨 0000-1234567 报查询号查进度",
        "本站不收费；您的信息只用于办理本事项",
        "本县各站可核对真伪",
    ),
    receivers="王某某、李某",
    registrar="赵某",
    issued_text="2026 年 11 月 23 日",
)


def texts(pdf: bytes) -> list[str]:
    """Return the text of each page as a reader would select it, blanks and line ends left out."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def outside(pdf: bytes) -> list[str]:
    """Return the characters whose ink reaches beyond the page, with their page; [] is right."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document):
            width, height = page.get_size()
            text = page.get_textpage()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                if left < -0.5 or bottom < -0.5 or right > width + 0.5 or top > height + 0.5:
                    found.append(f"page {number}: {text.get_text_range(index, 1)!r}")
    finally:
        document.close()
    return found


def fonts(pdf: bytes, folder: Path) -> list[tuple[str, str, str, str]]:
    """Return what pdffonts says of each font: name, embedded, subset, with a Unicode map."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    run = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True)
    lines = [line.split() for line in run.stdout.splitlines()[2:]]
    return [(words[0], words[-5], words[-4], words[-3]) for words in lines]


def poppler_text(pdf: bytes, folder: Path) -> str:
    """Return the text as pdftotext extracts it, blanks and line ends left out."""
    file = folder / "paper.pdf"
    file.write_bytes(pdf)
    run = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True)
    return "".join(run.stdout.decode().split())
