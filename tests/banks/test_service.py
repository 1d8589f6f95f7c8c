from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from quizsvc.banks.citations import Citation
from quizsvc.banks.models import Bank, Instrument, Question, QuestionVersion
from quizsvc.banks.queries import drawable, instrument_titles, registry, versions_by_id
from quizsvc.banks.service import BanksRefused, load_banks, read_folder
from quizsvc.core.db import reading, transaction
from tests.banks.making import LAW, bank, folder, instrument, question, truth

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def load(*banks, instruments=None, now=NOW):
    with transaction() as session:
        return load_banks(session, banks, [instrument()] if instruments is None else instruments, now=now)


def numbers(report):
    return [(each.added, each.changed, each.unchanged, each.withdrawn, each.returned) for each in report.banks]


def rows(kind):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(kind))


def versions(code="hn-001"):
    with reading() as session:
        statement = select(QuestionVersion).join(Question).where(Question.code == code).order_by(QuestionVersion.number)
        return [(row.number, row.text, row.created_at) for row in session.scalars(statement)]


def pool(**more):
    with reading() as session:
        ids = drawable(session, bank_code="hon-nhan", **more)
        return ids, [versions_by_id(session, ids)[each].text for each in ids]


def test_loads_everything(app):
    report = load(bank(question(), truth(), question("hn-002", answer=("c", "a"))))
    assert numbers(report) == [(3, 0, 0, 0, 0)]
    assert (report.instruments, report.faults) == (1, ())
    with reading() as session:
        stored = session.scalar(select(Bank))
        assert (stored.code, stored.topics) == ("hon-nhan", {"ket-hon": "Kết hôn", "ly-hon": "Ly hôn"})
        kinds = dict(session.execute(select(QuestionVersion.kind, QuestionVersion.key)).tuples().all())
        assert kinds == {"single": [2], "true_false": [0], "multiple": [0, 2]}
        assert instrument_titles(session) == {LAW: "Luật Hôn nhân và gia đình"}
        assert registry(session) == [instrument()]


def test_the_same_again_changes_nothing(app):
    load(bank(question(), truth()))
    before = pool(), versions()
    again = load(bank(truth(), question()), now=NOW + timedelta(days=1))
    assert numbers(again) == [(0, 0, 2, 0, 0)]
    assert again.instruments == 0
    assert (pool(), versions()) == before
    assert rows(QuestionVersion) == 2


def test_a_changed_wording_is_a_new_version_and_the_old_one_stays(app):
    load(bank(question(), truth()))
    (first, second), _ = pool()
    later = NOW + timedelta(days=1)
    report = load(bank(question(text="Cách hỏi mới về tuổi kết hôn?"), truth()), now=later)
    assert numbers(report) == [(0, 1, 1, 0, 0)]
    assert versions() == [(1, question().text, NOW), (2, "Cách hỏi mới về tuổi kết hôn?", later)]
    assert pool()[0] == [second, 3]
    with reading() as session:
        assert versions_by_id(session, [first])[first].text == question().text


def test_going_back_to_an_old_wording_is_a_third_version(app):
    for text in ("Cách hỏi thứ nhất là gì?", "Cách hỏi thứ hai là gì?", "Cách hỏi thứ nhất là gì?"):
        load(bank(question(text=text)))
    assert [number for number, _, _ in versions()] == [1, 2, 3]


def test_a_vanished_question_is_withdrawn_and_comes_back(app):
    load(bank(question(), truth()))
    assert numbers(load(bank(truth()))) == [(0, 0, 1, 1, 0)]
    assert pool()[1] == [truth().text]
    assert numbers(load(bank(truth()))) == [(0, 0, 1, 0, 0)], "withdrawn once, not again"
    assert rows(QuestionVersion) == 2, "papers that have it keep it"
    assert numbers(load(bank(question(), truth()))) == [(0, 0, 1, 0, 1)]
    assert len(pool()[0]) == 2
    load(bank(truth()))
    assert numbers(load(bank(question(difficulty=3), truth()))) == [(0, 1, 1, 0, 1)]
    assert len(versions()) == 2


def test_banks_that_are_not_given_stay(app):
    load(bank(question()), bank(question("kh-001", text="Một câu của ngân hàng khác?"), code="khac"))
    load(bank(question()))
    with reading() as session:
        assert len(drawable(session, bank_code="khac")) == 1


def test_one_error_keeps_everything_out(app):
    wrong = question("hn-002", answer="h")
    with pytest.raises(BanksRefused) as refused:
        load(bank(question(), wrong), bank(question("kh-001", text="Một câu khác hẳn?"), code="khac"))
    assert [fault.code for fault in refused.value.faults] == ["key-not-a-choice"]
    assert "key-not-a-choice" in str(refused.value)
    assert [rows(kind) for kind in (Bank, Question, QuestionVersion, Instrument)] == [0, 0, 0, 0]


def test_warnings_do_not_keep_anything_out(app):
    report = load(bank(question(answer=("a", "b", "c"))))
    assert [fault.code for fault in report.faults] == ["every-choice-right"]


def test_citations_may_name_instruments_loaded_before(app):
    load(bank(question()))
    assert numbers(load(bank(question(), truth()), instruments=[])) == [(1, 0, 1, 0, 0)]
    with pytest.raises(BanksRefused):
        load(bank(question(cites=(Citation("1/2020/QH14", "1"),))), instruments=[])


def test_a_changed_registry_entry_is_stored(app):
    load(bank(question()))
    assert load(bank(question()), instruments=[instrument(title="Luật mang tên mới")]).instruments == 1
    with reading() as session:
        assert instrument_titles(session) == {LAW: "Luật mang tên mới"}


def test_a_renamed_bank_and_topic_make_no_new_versions(app):
    load(bank(question()))
    report = load(bank(question(), title="Tên mới", topics={"ket-hon": "Chủ đề mang tên mới"}))
    assert numbers(report) == [(0, 0, 1, 0, 0)]
    with reading() as session:
        stored = session.scalar(select(Bank))
        assert (stored.title, stored.topics) == ("Tên mới", {"ket-hon": "Chủ đề mang tên mới"})


def test_pools_follow_the_newest_version(app):
    two = question("hn-002", difficulty=2, topic="ly-hon", text="Câu hỏi về ly hôn là gì?")
    load(bank(question(), two, truth(difficulty=2)))
    assert len(pool()[0]) == 3
    assert pool()[0] == sorted(pool()[0])
    assert pool(topic="ly-hon")[1] == [two.text]
    assert pool(difficulty=2, topic="ket-hon")[1] == [truth().text]
    assert pool(topic="khac")[0] == []
    load(bank(question(), replace(two, topic="ket-hon"), truth(difficulty=3)))
    assert pool(topic="ly-hon")[0] == []
    assert len(pool(topic="ket-hon")[0]) == 3
    assert pool(difficulty=2)[1] == [two.text]


def test_reads_a_folder(tmp_path):
    banks, instruments, faults = read_folder(folder(tmp_path))
    assert faults == []
    assert [each.code for each in banks] == ["hon-nhan"]
    assert [each.number for each in instruments] == [LAW]


def test_a_folder_without_banks_is_a_fault(tmp_path):
    assert [fault.code for fault in read_folder(tmp_path)[2]] == ["no-banks"]
