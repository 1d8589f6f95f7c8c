"""``quizsvc migrate``."""

from quizsvc.migrations import state


def test_up_down_and_again(command, own_database_url):
    assert command(own_database_url, "migrate", "--to", "base").said == "Lược đồ cơ sở dữ liệu: trống\n"
    for _ in range(2):
        done = command(own_database_url, "migrate")
        assert (done.status, done.said, done.complained) == (0, f"Lược đồ cơ sở dữ liệu: {state.head()}\n", "")


def test_a_new_sqlite_file_in_a_new_folder(command, tmp_path):
    assert command(f"sqlite:///{tmp_path}/var/new.db", "migrate").status == 0
    assert (tmp_path / "var" / "new.db").exists()


def test_a_migration_that_does_not_exist(command, database_url):
    done = command(database_url, "migrate", "--to", "9999")
    assert done.status == 1
    assert done.complained.count("\n") == 1
    assert "«9999»" in done.complained
    assert command(database_url, "migrate").said == f"Lược đồ cơ sở dữ liệu: {state.head()}\n"
