"""Bodies that are no JSON object at all, at every endpoint that takes one: refused by name, nothing changed."""

from __future__ import annotations

import io
import json

import pytest

from tests.api.endpoints import GOOD_BODIES, WITH_BODY, call, named
from tests.api.problems import assert_faults, assert_problem

pytestmark = [pytest.mark.usefixtures("untouched"), pytest.mark.parametrize("stage", ["sqlite"], indirect=True)]

UNREADABLE = {
    "half": b'{"a":',
    "trailing comma": b'{"a": 1,}',
    "two values": b"{} {}",
    "single quotes": b"{'a': 1}",
    "comment": b"{} // no",
    "not UTF-8": b'{"a": "\xff"}',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf{}",
    "surrogate in UTF-8": b'{"a": "\xed\xa0\x80"}',
    "NUL": b"\x00",
    "raw control character": b'{"a": "\x01"}',
    "NaN": b'{"version": NaN}',
    "Infinity": b'{"version": -Infinity}',
    "repeated key": b'{"a": 1, "a": 2}',
    "repeated key inside": b'{"a": {"b": 1, "b": 1}}',
    "deep list": b"[" * 100_000,
    "deep object": b'{"a":' * 40_000,
    "5,000 digits": b'{"version": ' + b"1" * 5_000 + b"}",
}
NO_OBJECT = ["[]", "[{}]", '"x"', "1", "true", "null"]
OTHER_TYPES = [
    "text/plain",
    "text/html",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json-patch+json",
    "application/xml",
    "json",
]


def test_each_endpoint_with_a_body_is_here():
    assert set(GOOD_BODIES) == {made.endpoint for _, made in WITH_BODY}


@pytest.mark.parametrize(**named(WITH_BODY))
def test_what_cannot_be_read_is_malformed(stage, path, made):
    for name, raw in UNREADABLE.items():
        answer = call(stage, path, made, data=raw, content_type="application/json")
        assert answer.status_code == 400, name
        assert_problem(answer, 400, "malformed")


@pytest.mark.parametrize(**named(WITH_BODY))
def test_json_that_is_no_object_is_a_fault_of_the_whole(stage, path, made):
    for text in NO_OBJECT:
        assert_faults(call(stage, path, made, data=text, content_type="application/json"), "")


@pytest.mark.parametrize(**named(WITH_BODY))
def test_another_content_type_is_refused(stage, path, made):
    body = json.dumps(GOOD_BODIES[made.endpoint]).encode()
    for kind in OTHER_TYPES:
        assert_problem(call(stage, path, made, data=body, content_type=kind), 415)
    assert_problem(call(stage, path, made, data=body), 415)


@pytest.mark.parametrize(**named([entry for entry in WITH_BODY if entry[1].endpoint != "start_attempt"]))
def test_no_body_where_one_is_needed(stage, path, made):
    assert_problem(call(stage, path, made, content_type="application/json"), 400, "malformed")
    assert_problem(call(stage, path, made), 415)


@pytest.mark.parametrize(**named(WITH_BODY))
def test_ten_megabytes(stage, path, made):
    large = b'{"a": "' + b"a" * 10_000_000 + b'"}'
    assert_problem(call(stage, path, made, data=large, content_type="application/json"), 413)


@pytest.mark.parametrize(**named(WITH_BODY))
def test_ten_megabytes_that_do_not_say_so(stage, path, made):
    """In chunks there is no Content-Length; what counts is what arrives."""
    large = io.BytesIO(b'{"a": "' + b"a" * 10_000_000 + b'"}')
    chunked = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    sent = {"input_stream": large, "content_type": "application/json", "environ_overrides": chunked}
    assert_problem(call(stage, path, made, **sent), 413)
    assert large.tell() < 1_000_000
