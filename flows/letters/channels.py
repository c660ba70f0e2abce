"""The channels: SMTP and a webhook, as the operator's environment names them.

BAOPHU_SMTP_URL     smtp://user:password@host:587 (STARTTLS where offered) or smtps://...
BAOPHU_MAIL_FROM    the sender
BAOPHU_MAIL_TO      who gets the night's report, comma between several
BAOPHU_WEBHOOK_URL  gets a JSON object {key, subject, body} by POST
BAOPHU_CONTACTS     a YAML file: province code to e-mail address, for reminders
"""

import hashlib
import json
import os
import smtplib
import ssl
import urllib.request
from dataclasses import dataclass, field
from email.header import Header
from email.mime.text import MIMEText
from email.utils import formatdate
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flows.letters.outbox import Letter

PATIENCE = 30
"""Seconds that a server may take to answer; a night does not hang on its letters."""


@dataclass(frozen=True, slots=True)
class Channels:
    """Where letters go; empty where nothing was configured."""

    smtp_url: str = ""
    mail_from: str = ""
    mail_to: tuple[str, ...] = ()
    webhook_url: str = ""
    contacts: dict[str, str] = field(default_factory=dict)

    def recipients(self, province_code: str = "") -> list[tuple[str, str]]:
        """(channel, recipient) for a letter to a province, or to the house itself."""
        own = self.contacts.get(province_code, "")
        mails = (own,) if own else self.mail_to
        found = [("mail", one) for one in mails] if self.smtp_url else []
        return [*found, ("webhook", self.webhook_url)] if self.webhook_url else found

    def deliver(self, letter: Letter) -> None:
        """Send one letter; raises OSError when it could not be sent."""
        if letter.channel == "webhook":
            _post(letter)
        else:
            _mail(self, letter)


def find_channels() -> Channels:
    """The channels that the environment names."""
    contacts = os.environ.get("BAOPHU_CONTACTS", "")
    to = os.environ.get("BAOPHU_MAIL_TO", "")
    return Channels(
        smtp_url=os.environ.get("BAOPHU_SMTP_URL", ""),
        mail_from=os.environ.get("BAOPHU_MAIL_FROM", "baophu@localhost"),
        mail_to=tuple(one.strip() for one in to.split(",") if one.strip()),
        webhook_url=os.environ.get("BAOPHU_WEBHOOK_URL", ""),
        contacts=_contacts(Path(contacts)) if contacts else {},
    )


def _contacts(path: Path) -> dict[str, str]:
    import yaml  # noqa: PLC0415

    written: dict[object, object] = yaml.safe_load(path.read_text("utf-8")) or {}
    wrong = [code for code in written if not isinstance(code, str)]
    if wrong:
        raise OSError(f"{path}: write province codes in quotes: {wrong}")
    return {str(code): str(address) for code, address in written.items()}


def _mail(channels: Channels, letter: Letter) -> None:
    # EmailMessage of Python 3.11 loses a space where it folds a subject with accents.
    message = MIMEText(letter.body, "plain", "utf-8")
    message["From"], message["To"] = channels.mail_from, letter.recipient
    subject: Any = Header(letter.subject, "utf-8")
    message["Subject"] = subject
    message["Date"] = formatdate()
    digest = hashlib.sha256(f"{letter.key} {letter.recipient}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}@baophu>"
    url = urlsplit(channels.smtp_url)
    context = ssl.create_default_context()
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        client: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, None, timeout=PATIENCE)
    else:
        client = smtplib.SMTP(host, url.port or 25, timeout=PATIENCE)
    with client:
        client.ehlo()
        if url.scheme == "smtp" and client.has_extn("starttls"):
            client.starttls(context=context)
        if url.username:
            client.login(unquote(url.username), unquote(url.password or ""))
        client.send_message(message)


def _post(letter: Letter) -> None:
    facts = {"key": letter.key, "subject": letter.subject, "body": letter.body}
    request = urllib.request.Request(  # noqa: S310 (the operator's own address)
        letter.recipient,
        data=json.dumps(facts, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    if not request.full_url.startswith(("http://", "https://")):
        raise OSError(f"{letter.recipient} is no web address")
    with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310
        pass
