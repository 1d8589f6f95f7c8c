from __future__ import annotations

import unicodedata

import pytest

from quizsvc.banks.letter_references import choice_refers, text_refers

REFER = """
A và B đúng|Cả A, B, C|Tất cả các phương án trên|Cả hai phương án đều đúng|A, B đều sai|A đúng, B sai|A, B đều đúng
Tất cả các đáp án trên|Cả A và B|Cả A và B đều đúng|Cả a, b và c đều đúng|Chỉ A đúng|Chỉ có B đúng|Cả ba phương án trên
Cả 3 đáp án trên|Cả 03 ý trên|Tất cả đều đúng|Tất cả đều sai|Tất cả các ý trên|Tất cả các trường hợp nêu trên
Cả ba hành vi trên|Cả hai|Tất cả|Các phương án trên đều đúng|Không có phương án nào đúng|Không phương án nào đúng
Không có đáp án đúng|Hai phương án còn lại đều sai|Đáp án A và C|Phương án B|A hoặc B|A & B|A + B|Cả (a) và (b)|"Cả A và B".
Tất cả các câu trên đều đúng|Cả hai ý trên đều đúng|Tất cả những điều kể trên|Cả hai câu đều sai|A và B sai, C đúng|A; B; C
Không có trường hợp nào nêu trên|Tất cả các nội dung trên|Cả 4 phương án|Cả ba đáp án A, B, C|Tất cả các phương án đều đúng
Cả hai đều đúng|B, C đúng|Câu A và câu B đúng|Ý A và B|TẤT CẢ CÁC ĐÁP ÁN TRÊN|Một trong các trường hợp trên
"""
STAND_ALONE = """
Cả hai vợ chồng|Phương án bồi thường, tái định cư của dự án trên địa bàn|Cả hai danh sách, mỗi nơi bầu một nửa số phiếu
Chưa, phải có đơn của cả chị và anh|Được giữ liên hệ với cả bố và mẹ|Người con cả còn sống của ông Tám
Giấy phép lái xe hạng B, C|Theo điểm a, b khoản 2 Điều 5|Tất cả mọi người trên địa bàn xã|Cả hai bên đều sai|Ông A và bà B
Anh A cho chị B vay tiền|Ủy ban nhân dân cấp xã|Mọi công dân từ đủ 18 tuổi trở lên|Tất cả cử tri trong xã|Cả nước|Đúng|Sai
Không, trừ khi có đơn|Cả hai vợ chồng đều phải ký tên|Trồng cây hàng năm và lâu năm|Không có quyền|50 m² trở lên
Tất cả các trường hợp thu hồi đất
"""


def phrases(text: str) -> list[str]:
    return [phrase for line in text.strip().splitlines() for phrase in line.split("|")]


@pytest.mark.parametrize("choice", phrases(REFER))
def test_choices_that_name_other_choices(choice):
    assert choice_refers(choice)
    assert choice_refers(unicodedata.normalize("NFD", choice))


@pytest.mark.parametrize("choice", phrases(STAND_ALONE))
def test_choices_that_stand_alone(choice):
    assert not choice_refers(choice)


def test_running_text():
    assert text_refers("Vì phương án B trái với luật.")
    assert text_refers("Đáp án đúng là A vì luật nói vậy.")
    assert not text_refers("Phương án bồi thường phải công khai; ông A và bà B có quyền góp ý theo điểm a khoản 1.")
