"""Quoted law between an answer and the next question (L1, L2), and statements inside a question."""

from __future__ import annotations

from quizsvc.banks.files.found import FoundBy
from quizsvc.banks.files.layout import understand
from tests.banks.files.layout.texts import codes, document

L1 = """
Câu 1. Nội dung nào sau đây là nguyên tắc của hòa giải ở cơ sở?

A. Áp đặt

B. Khách quan, công bằng, kịp thời, có lý, có tình

C. Bí mật tuyệt đối

Đáp án B. Khách quan, công bằng, kịp thời, có lý, có tình

Căn cứ khoản 3 Điều 4 của Luật Hòa giải ở cơ sở năm 2013.

“Điều 4. Nguyên tắc tổ chức, hoạt động hòa giải ở cơ sở

3. Khách quan, công bằng, kịp thời, có lý, có tình”
Câu 2. Hòa giải viên do ai công nhận?
A. Chủ tịch Ủy ban nhân dân cấp xã
B. Trưởng thôn
Đáp án A. Chủ tịch Ủy ban nhân dân cấp xã
"""


def test_l1_answer_repeats_the_choice_and_the_law_is_quoted():
    first, second = understand(document(L1)).questions
    assert (first.number, first.correct, first.found_by) == (1, ("B",), FoundBy.LETTER_LINE)
    assert first.choices[2] == "Bí mật tuyệt đối"
    assert first.citation.splitlines()[0] == "Căn cứ khoản 3 Điều 4 của Luật Hòa giải ở cơ sở năm 2013."
    assert first.citation.splitlines()[-1].startswith("3. Khách quan")
    assert (second.number, second.correct, second.explanation) == (2, ("A",), "")
    assert not codes(first)
    assert not codes(second)


L2 = """
1. Nội dung nào sau đây không phải là nguyên tắc hòa giải?
A. Tôn trọng sự tự nguyện
B. Bảo đảm phù hợp với chính sách
C. Áp đặt ý chí
D. Khách quan
ĐÁP ÁN: C. Căn cứ Điều 4 của Luật Hòa giải ở cơ sở năm 2013.
Điều 4. Nguyên tắc tổ chức
1. Tôn trọng sự tự nguyện của các bên;
2. Bảo đảm phù hợp với chính sách.
3. Khách quan, công bằng.
a) Không ép buộc;
b) Không thu phí.
4. Tôn trọng ý chí.
5. Bảo đảm bình đẳng giới.
2. Hòa giải viên là người thế nào?
A. Được công nhận theo luật
B. Do dân tự nhận
ĐÁP ÁN: A. Căn cứ khoản 3 Điều 2.
“Điều 2. Giải thích từ ngữ
3. Hòa giải viên là người được công nhận
4. Tổ hòa giải là tổ chức tự quản”
3. Tổ hòa giải có bao nhiêu người trở lên?
A. 3
B. 5
ĐÁP ÁN: A
"""


def test_l2_clauses_never_become_questions():
    file = understand(document(L2))
    assert [(each.number, each.text[:12], each.correct) for each in file.questions] == [
        (1, "Nội dung nào", ("C",)),
        (2, "Hòa giải viê", ("A",)),
        (3, "Tổ hòa giải ", ("A",)),
    ]
    assert file.questions[0].citation.splitlines()[0].startswith("Căn cứ Điều 4")
    assert file.questions[0].citation.splitlines()[-1] == "5. Bảo đảm bình đẳng giới."
    assert "4. Tổ hòa giải" in file.questions[1].citation
    assert not [code for question in file.questions for code in codes(question)]


def test_l2_clauses_with_points_in_a_file_of_lower_case_letters():
    text = (
        L2.replace("A. ", "a) ")
        .replace("B. ", "b) ")
        .replace("C. ", "c) ")
        .replace("D. ", "d) ")
        .replace("ÁN: c) ", "ÁN: c. ")
    )
    text = text.replace("ÁN: a) ", "ÁN: a. ")
    assert [(each.number, each.correct) for each in understand(document(text)).questions] == [
        (1, ("C",)),
        (2, ("A",)),
        (3, ("A",)),
    ]


def test_statements_inside_a_question_stay_there():
    text = """
Câu 1. Cho các nhận định sau:
1. Công dân có quyền bầu cử
2. Công dân có quyền khiếu nại
3. Công dân không có nghĩa vụ nộp thuế
Số nhận định đúng là:
A. 1
B. 2
C. 3
Đáp án: B
Câu 2. Hành vi nào bị cấm?
a) Trộm cắp
b) Tặng quà sinh nhật
A. a
B. b
Đáp án: A
"""
    first, second = understand(document(text)).questions
    assert first.text.splitlines()[1:4] == [
        "1. Công dân có quyền bầu cử",
        "2. Công dân có quyền khiếu nại",
        "3. Công dân không có nghĩa vụ nộp thuế",
    ]
    assert (first.choices, first.correct) == (("1", "2", "3"), ("B",))
    assert second.text.splitlines() == ["Hành vi nào bị cấm?", "a) Trộm cắp", "b) Tặng quà sinh nhật"]
    assert (second.choices, second.correct) == (("a", "b"), ("A",))
    assert "list-in-question" in codes(second)
