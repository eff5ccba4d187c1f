"""We are not sure enough who speaks, or what they showed is not right."""

from support.errors import ConflictError, NotFound, SupportError
from support.models.conversations import Level


class IdentityTooLow(SupportError):
    """We are not sure enough who speaks; `needed` is the level that would do."""

    code = "identity_too_low"
    message = "We need to be surer who you are before we can do that."

    def __init__(self, needed: Level) -> None:
        super().__init__()
        self.needed = needed


class NotRecognised(NotFound):
    """Indistinguishable from any other NotFound: whether the number or the postcode is wrong is not told."""

    commits = True


class CodeWrong(ConflictError):
    """Wrong, used, expired, or never sent: the answer is the same, and the try is counted."""

    code = "code_wrong"
    message = "That code is not right, or it has expired."
    commits = True


class MailUnavailable(ConflictError):
    """The shop has set up no way to send mail."""

    code = "mail_unavailable"
    message = "We cannot send e-mail at the moment."
