"""Every setting of this PC declared once. Rules of the county are profile rows, not settings."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One choice remembered on this PC, never synced. `group`: the field group whose right it takes."""

    key: str
    default: str
    sentence: str
    group: str = ""


TEXT_SIZE = Setting("text_size", "125", "文字大小（百分比）：100、125、150")
BACKUP_FOLDER = Setting("backup_folder", "", "备份文件夹（建议放在另一块盘或 U 盘）", "backup")
PRINTER = Setting("printer", "", "上次使用的打印机")
RECEIPT_PAPER = Setting("receipt_paper", "A5", "回执纸张：A5、80、58")
RATING_SCREEN = Setting("rating_screen", "same", "评价窗口：same 同一屏幕、second 第二屏幕")
CAMERA_FOLDER = Setting("camera_folder", "", "相机或高拍仪存照片的文件夹")
SAVE_FOLDER = Setting("save_folder", "", "上次保存文件的文件夹")
HUB_ADDRESS = Setting("hub_address", "", "县级平台的地址", "setting")

ALL = (
    TEXT_SIZE,
    BACKUP_FOLDER,
    PRINTER,
    RECEIPT_PAPER,
    RATING_SCREEN,
    CAMERA_FOLDER,
    SAVE_FOLDER,
    HUB_ADDRESS,
)
