"""The sentences for files that cannot be taken in, each with the way out."""

from desk.errors import InputProblem
from desk.text import _

_FIELD = "attachment"


def empty() -> InputProblem:
    """Return the problem of a file without a byte."""
    return _refused(_("文件是空的"), _("请确认拍照或扫描已经存好，再添加一次。"))


def unreachable() -> InputProblem:
    """Return the problem of a file that is gone or held by another program."""
    return _refused(_("打不开这个文件"), _("请确认文件还在、没有被别的程序占用，再试一次。"))


def too_heavy(size: int, most: int) -> InputProblem:
    """Return the problem of a file of `size` bytes where `most` are allowed."""
    said = _("文件太大（{size} MB），最多 {most} MB").format(
        size=max(1, round(size / (1 << 20))), most=most >> 20
    )
    return _refused(said, _("请用较低的清晰度重新拍摄或扫描，或分成几份。"))


def too_many_pixels(width: int, height: int, most: int) -> InputProblem:
    """Return the problem of a picture with more than `most` pixels."""
    said = _("照片太大（{width}×{height} 像素），最多 {most} 百万像素").format(
        width=width, height=height, most=most // 1_000_000
    )
    return _refused(said, _("请用普通清晰度重新拍摄或扫描。"))


def damaged_picture() -> InputProblem:
    """Return the problem of a picture that was cut off or damaged."""
    return _refused(_("照片不完整或已损坏，读不出来"), _("请重新拍摄，或从相机、手机再传一次。"))


def damaged_pdf() -> InputProblem:
    """Return the problem of a PDF that was cut off or damaged."""
    return _refused(_("PDF 文件不完整或已损坏，读不出来"), _("请重新扫描，或重新取得这个文件。"))


def locked() -> InputProblem:
    """Return the problem of a file that asks for a password."""
    return _refused(_("这个文件设了打开密码"), _("请先取消密码另存一份，再添加。"))


def too_many_pages(pages: int, most: int) -> InputProblem:
    """Return the problem of a PDF of `pages` pages where `most` are allowed."""
    said = _("这份 PDF 有 {pages} 页，最多 {most} 页").format(pages=pages, most=most)
    return _refused(said, _("请只扫描需要的页，或分成几份添加。"))


def many_page_picture() -> InputProblem:
    """Return the problem of a TIFF with several pages."""
    return _refused(_("这是多页的 TIFF 扫描件，只能看到第一页"), _("请在扫描仪上改存为 PDF，再添加。"))


def has_macros() -> InputProblem:
    """Return the problem of a document that carries a program."""
    return _refused(_("这个文件带有宏程序，不能添加"), _("请另存为 PDF，或不带宏的 docx、xlsx。"))


def foreign(kind: str) -> InputProblem:
    """Return the problem of a file that is none of the allowed types, by what it is."""
    said, way_out = {
        "heic": (_("HEIC 格式的照片读不了"), _("请在手机相机设置里改存为 JPG（兼容性最佳），再拍再传。")),
        "film": (_("不收录像"), _("录音录像须当事人另行同意，本站没有开通。")),
        "sound": (_("不收录音"), _("录音录像须当事人另行同意，本站没有开通。")),
        "ole": (_("旧格式的文档不能添加"), _("请另存为 PDF、docx 或 xlsx，再添加。")),
        "program": (_("这是程序，不能添加"), _("请选照片、扫描件、PDF 或文档。")),
        "zip": (_("压缩包不能添加"), _("请解压后选里面的文件。")),
        "archive": (_("压缩包不能添加"), _("请解压后选里面的文件。")),
    }.get(kind, (_("这不是照片、扫描件或能收的文件"), _("可以添加照片、PDF、docx、xlsx 和文本文件。")))
    return _refused(said, way_out)


def not_allowed() -> InputProblem:
    """Return the problem of a type that the profile has taken off the list."""
    return _refused(_("本站不收这种文件"), _("可收的类型在“设置 › 本地规则”里。"))


def took_too_long() -> InputProblem:
    """Return the problem of a file whose reading does not come to an end."""
    return _refused(_("这个文件处理太久，已停止"), _("请重新拍摄或扫描，或用较低的清晰度。"))


def broken_reading() -> InputProblem:
    """Return the problem of a file that brought the reader down."""
    return _refused(_("文件已损坏，读不出来"), _("请重新拍摄、扫描或取得这个文件。"))


def too_many(most: int) -> InputProblem:
    """Return the problem of a record that has as many as it may."""
    return _refused(
        _("这件事已有 {most} 份附件，不能再加").format(most=most), _("请移除不需要的，或合并成一份 PDF。")
    )


def already_there(*, several: bool) -> InputProblem:
    """Return the problem of a file that hangs on this record already; `several`: as one of its papers."""
    way_out = _("一份扫描件里有几份文书的，请先选另一份文书，再添加一次。") if several else ""
    return _refused(_("同样的文件已经添加过了"), way_out)


def identity_apart() -> InputProblem:
    """Return the problem of one file that would be an identity paper and another paper too (PI-06)."""
    return _refused(
        _("同样的文件在这里一份算身份证件，一份不算，这样就护不住身份证件"),
        _("请把身份证件那几页单独扫描成一份。"),
    )


def not_found() -> InputProblem:
    """Return the problem of an attachment that was removed meanwhile."""
    return _refused(_("没有找到这份附件，可能已经移除"), "")


def _refused(sentence: str, way_out: str) -> InputProblem:
    return InputProblem(sentence, way_out=way_out, field=_FIELD)
