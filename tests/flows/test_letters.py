"""Letters over a local SMTP server and a local web server: sent once, tried again, recorded."""

import asyncio
import datetime as dt
import email
import email.policy
import http.server
import json
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from expectations.owing import Owed, OwedStatus
from flows.letters.channels import Channels, find_channels
from flows.letters.composing import night_letters, reminders, stage_of
from flows.letters.outbox import Letter, send, write
from flows.letters.posting import post, tell_of_night
from flows.night import NightReport, SubmissionLine

DUE = dt.date(2026, 12, 20)


class MailSink(threading.Thread):
    """An SMTP server that keeps what it is sent, or refuses recipients."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.messages: list[email.message.EmailMessage] = []
        self.refuses = False
        self.port = 0
        self.ready = threading.Event()
        self.loop = asyncio.new_event_loop()

    def run(self) -> None:
        self.loop.run_until_complete(self._start())
        self.loop.run_forever()

    async def _start(self) -> None:
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self.ready.set()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        while line := (await reader.readline()).strip().upper():
            if line.startswith(b"RCPT") and self.refuses:
                writer.write(b"450 try later\r\n")
            elif line == b"DATA":
                writer.write(b"354 go on\r\n")
                text = await reader.readuntil(b"\r\n.\r\n")
                parsed = email.message_from_bytes(text[:-5], policy=email.policy.default)
                assert isinstance(parsed, email.message.EmailMessage)
                self.messages.append(parsed)
                writer.write(b"250 kept\r\n")
            elif line == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            else:
                writer.write(b"250 ok\r\n")
        writer.close()


@pytest.fixture
def sink() -> Iterator[MailSink]:
    server = MailSink()
    server.start()
    server.ready.wait()
    yield server
    server.loop.call_soon_threadsafe(server.loop.stop)


@pytest.fixture
def channels(sink: MailSink) -> Channels:
    return Channels(
        smtp_url=f"smtp://127.0.0.1:{sink.port}",
        mail_from="baophu@example.vn",
        mail_to=("cd@example.vn",),
        contacts={"62": "so-y-te@example.vn"},
    )


@pytest.fixture
def webhook() -> Iterator[tuple[str, list[dict[str, str]]]]:
    got: list[dict[str, str]] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", got
    server.shutdown()
    server.server_close()


def report(status: str = "quarantined", night: str = "n1") -> NightReport:
    moment = dt.datetime(2026, 11, 22, 18)
    line = SubmissionLine("s1", "báo cáo.xlsx", "Kon Tum", status, "", "", "", 6, 1, 0)
    state = "NeedsReview" if status == "quarantined" else "Completed"
    return NightReport(
        night, moment, moment, state, f"1 {status}", (), (line,), (), "abc", "current", True
    )


def owed(province: str = "62", received: dt.date | None = None) -> Owed:
    status: OwedStatus = "on time" if received else "overdue"
    return Owed(
        "bhyt_year", "Báo cáo năm về BHYT", "Yearly report", province, "Kon Tum", "2026", DUE,
        status, received, False, 0, 0, (), 0, 0,
    )  # fmt: skip


def test_a_night_tells_once_in_vietnamese(home: Path, sink: MailSink, channels: Channels) -> None:
    letters = list(night_letters(report(), channels))
    assert post(home, letters, channels) == (1, [])
    assert post(home, letters, channels) == (0, [])
    [message] = sink.messages
    assert message["To"] == "cd@example.vn"
    assert message["Subject"] == "[baophu] Đêm 23/11/2026: hoàn thành, có báo cáo cần xem lại"
    body = message.get_content()
    assert "Tệp đã đọc: 1; chấp nhận: 0; tạm giữ: 1; từ chối: 0." in body
    assert "- báo cáo.xlsx (Kon Tum): quarantined" in body
    assert "Night 23/11/2026: completed, some reports need review." in body


def test_a_letter_that_fails_is_tried_again_and_recorded(
    home: Path, sink: MailSink, channels: Channels
) -> None:
    sink.refuses = True
    sent, [fault] = post(home, list(night_letters(report(), channels)), channels)
    assert sent == 0
    assert "try later" in fault
    sink.refuses = False
    assert post(home, [], channels) == (1, [])
    with sqlite3.connect(home / "warehouse" / "letters.sqlite") as outbox:
        rows = outbox.execute("SELECT tries, error, sent_at IS NOT NULL FROM letter").fetchall()
    assert rows == [(2, "", 1)]
    assert len(sink.messages) == 1


def test_a_server_that_is_away_does_not_fail_the_night(
    home: Path, monkeypatch: pytest.MonkeyPatch, sink: MailSink
) -> None:
    monkeypatch.setenv("BAOPHU_SMTP_URL", "smtp://127.0.0.1:9")
    monkeypatch.setenv("BAOPHU_MAIL_TO", "cd@example.vn")
    tell_of_night(home, report())
    monkeypatch.setenv("BAOPHU_SMTP_URL", f"smtp://127.0.0.1:{sink.port}")
    tell_of_night(home, report(night="n2"))
    assert len(sink.messages) == 2


def test_a_webhook_gets_the_letter_as_json(
    home: Path, webhook: tuple[str, list[dict[str, str]]]
) -> None:
    url, got = webhook
    channels = Channels(webhook_url=url)
    assert post(home, list(night_letters(report(), channels)), channels) == (1, [])
    assert got[0]["key"] == "night:n1"
    assert got[0]["subject"].startswith("[baophu] Đêm 23/11/2026")


def test_nothing_to_do_tells_nothing(channels: Channels) -> None:
    moment = dt.datetime(2026, 11, 22, 18)
    idle = NightReport(
        "n", moment, moment, "Completed", "nothing new", (), (), (), "abc", "c", False
    )
    assert list(night_letters(idle, channels)) == []


@pytest.mark.parametrize(
    ("days", "stage"),
    [(-8, ""), (-7, "before"), (0, "before"), (1, "overdue-1"), (7, "overdue-1"),
     (8, "overdue-8"), (15, "overdue-15"), (22, "overdue-15"), (23, "")],
)  # fmt: skip
def test_each_stage_reminds_once(days: int, stage: str) -> None:
    assert stage_of(owed(), DUE + dt.timedelta(days=days)) == stage


def test_a_report_that_came_reminds_nobody(channels: Channels) -> None:
    assert list(reminders([owed(received=DUE)], DUE + dt.timedelta(days=3), channels)) == []


def test_a_reminder_goes_to_the_province_or_to_the_house(
    home: Path, sink: MailSink, channels: Channels
) -> None:
    letters = list(reminders([owed(), owed("02")], DUE - dt.timedelta(days=2), channels))
    post(home, letters, channels)
    assert {str(message["To"]) for message in sink.messages} == {
        "so-y-te@example.vn",
        "cd@example.vn",
    }
    assert "kỳ 2026 đến hạn nộp ngày 20/12/2026" in sink.messages[0].get_content()


def test_a_letter_that_never_goes_is_given_up(home: Path) -> None:
    def refuse(_: Letter) -> None:
        raise OSError("no")

    write(home, [Letter("k", "mail", "a@example.vn", "s", "b")])
    tried = [len(send(home, refuse)[1]) for _ in range(20)]
    assert sum(tried) == 14


def test_channels_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find_channels().recipients() == []
    contacts = tmp_path / "contacts.yml"
    contacts.write_text('"02": ha-giang@example.vn\n', encoding="utf-8")
    monkeypatch.setenv("BAOPHU_CONTACTS", str(contacts))
    monkeypatch.setenv("BAOPHU_SMTP_URL", "smtp://localhost")
    monkeypatch.setenv("BAOPHU_MAIL_TO", "a@example.vn, b@example.vn")
    found = find_channels()
    assert found.recipients("02") == [("mail", "ha-giang@example.vn")]
    assert found.recipients("62") == [("mail", "a@example.vn"), ("mail", "b@example.vn")]
    contacts.write_text("02: ha-giang@example.vn\n", encoding="utf-8")
    with pytest.raises(OSError, match="in quotes"):
        find_channels()
