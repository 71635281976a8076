"""From files of any usual form to sheets: cells as they stand in the file, each row with its place."""

from jobrec_ui.data.reading.files import SourceFile, find_files
from jobrec_ui.data.reading.read import NotRead, read_sheets
from jobrec_ui.data.reading.sheet import Sheet

__all__ = ["NotRead", "Sheet", "SourceFile", "find_files", "read_sheets"]
