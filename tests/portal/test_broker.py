"""The embedded broker finds a short place for its socket, and leaves nothing behind."""

import os

import pytest
import redis

from portal import broker


def test_it_answers_in_a_folder_with_a_blank(tmp_path):
    folder = tmp_path / "a b"
    folder.mkdir()
    address, process = broker.start_embedded(folder)
    try:
        with redis.Redis.from_url(address) as client:
            assert client.ping()
        assert client.connection_pool.connection_kwargs["path"] == (folder / "broker.path").read_text().strip()
    finally:
        process.terminate()
        process.wait(timeout=10)


def test_a_long_path_gets_a_private_temporary_folder(tmp_path):
    data_dir = tmp_path / ("x" * 120)
    data_dir.mkdir()

    place = broker.find_place(data_dir)

    assert place != data_dir
    assert place.stat().st_mode & 0o777 == 0o700
    assert (data_dir / "broker.path").read_text() == f"{place}/broker.sock\n"
    broker.leave_place(data_dir, place)
    assert not place.exists()
    assert list(data_dir.iterdir()) == []


def test_what_a_killed_portal_left_behind_is_taken_again(tmp_path):
    data_dir = tmp_path / ("x" * 120)
    data_dir.mkdir()
    first = broker.find_place(data_dir)

    second = broker.find_place(data_dir)

    assert second == first
    broker.leave_place(data_dir, second)


@pytest.mark.parametrize("spoil", ["open", "gone", "link"])
def test_a_folder_that_is_not_ours_alone_is_not_taken(tmp_path, spoil):
    data_dir = tmp_path / ("x" * 120)
    data_dir.mkdir()
    first = broker.find_place(data_dir)
    if spoil == "open":
        first.chmod(0o755)
    else:
        first.rmdir()
    if spoil == "link":
        first.symlink_to(tmp_path)

    second = broker.find_place(data_dir)

    assert second != first
    broker.leave_place(data_dir, second)
    first.unlink() if spoil == "link" else first.exists() and first.rmdir()


def test_where_even_temporary_folders_are_long_the_shortest_is_taken(tmp_path, monkeypatch):
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))

    place = broker.find_place(long)

    assert len(os.fsencode(place)) < 50
    assert list(long.iterdir()) == [long / "broker.path"]
    broker.leave_place(long, place)
