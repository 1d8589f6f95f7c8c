"""What goes wrong before a command starts: one clear message, a status that says so, never a traceback."""

import pytest


def test_a_database_that_does_not_answer(command):
    done = command("postgresql://postgres@127.0.0.1:1/quizsvc", "verify")
    assert done.status == 1
    assert done.complained.count("\n") == 1
    assert "Cơ sở dữ liệu không dùng được" in done.complained


@pytest.mark.parametrize("arguments", [("verify",), ("sweep",), ("grant", "owner", "--zalo-id", "1", "--unit", "40")])
def test_a_database_without_tables(command, tmp_path, arguments):
    done = command(f"sqlite:///{tmp_path}/new.db", *arguments)
    assert done.status == 1
    assert done.complained.count("\n") == 1
    assert "quizsvc migrate" in done.complained


def test_a_folder_that_cannot_be_made(command):
    done = command("sqlite:////dev/null/quizsvc.db", "migrate")
    assert done.status == 1
    assert done.complained.count("\n") == 1
    assert "/dev/null" in done.complained


def test_all_faults_of_the_settings_at_once(command):
    done = command("mysql://nowhere", "verify", SECRET_KEY="short", ZALO_MODE="dream")
    assert done.status == 1
    assert done.said == ""
    for name in ("DATABASE_URL", "SECRET_KEY", "ZALO_MODE"):
        assert f"- {name}" in done.complained


def test_a_command_that_does_not_exist(command, tmp_path):
    done = command(f"sqlite:///{tmp_path}/new.db", "celebrate")
    assert done.status == 2
    assert "No such command 'celebrate'" in done.complained


def test_help_names_every_command(command, tmp_path):
    done = command(f"sqlite:///{tmp_path}/new.db", "--help")
    assert done.status == 0
    for name in ("banks", "contests", "demo", "grant", "migrate", "serve", "sweep", "units", "verify"):
        assert f"\n  {name} " in done.said
