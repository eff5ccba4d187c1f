"""Every way a use case can refuse, each with a stable code that goes over the wire.

    SupportError
    ├── NotFound                 not_found
    ├── InvalidInput             a field holds what it may not
    │   ├── MessageEmpty         message_empty
    │   ├── MessageTooLong       message_too_long
    │   ├── TextInvalid          text_invalid
    │   ├── IdInvalid            id_invalid
    │   ├── PayloadNotOffered    payload_not_offered
    │   ├── PointsInvalid        points_invalid
    │   └── ExpiryInvalid        expiry_invalid
    ├── ConflictError            the state does not allow it
    │   ├── IdReused             id_reused
    │   ├── AlreadyTakenOver     already_taken_over
    │   ├── NotYours             not_yours
    │   ├── MoveRefused          move_refused
    │   ├── EpochMoved           epoch_moved
    │   ├── SignedInAsAnother    signed_in_as_another
    │   ├── NotEnoughPoints      not_enough_points
    │   ├── PointsAlreadySpent   points_already_spent
    │   ├── AlreadyReversed      already_reversed
    │   └── NotReversible        not_reversible
    ├── NotAuthenticated         401
    │   ├── TokenInvalid         token_invalid
    │   ├── SignInInvalid        sign_in_invalid
    │   ├── SignInExpired        sign_in_expired
    │   └── CredentialsInvalid   credentials_invalid
    └── TooMany                  429, with seconds to wait
        ├── TooManyMessages      too_many_messages
        └── TooManyAttempts      too_many_attempts
"""


class SupportError(Exception):
    """A use case refused; `str(error)` is fit to be shown.

    One that `commits` has written nothing but the count of the failed try, and that stays.
    """

    code = "refused"
    message = "That is not possible."
    commits = False

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)


class NotFound(SupportError):
    """No such thing, or not theirs: the same answer for both."""

    code = "not_found"
    message = "There is nothing here."


class InvalidInput(SupportError):
    code = "invalid_input"


class MessageEmpty(InvalidInput):
    code = "message_empty"
    message = "A message needs some text."


class MessageTooLong(InvalidInput):
    code = "message_too_long"
    message = "That message is too long."


class TextInvalid(InvalidInput):
    code = "text_invalid"
    message = "The text holds characters that cannot be shown."


class IdInvalid(InvalidInput):
    code = "id_invalid"
    message = "An id must be a UUID in its usual written form."


class PayloadNotOffered(InvalidInput):
    code = "payload_not_offered"
    message = "That button was not offered in this conversation."


class PointsInvalid(InvalidInput):
    code = "points_invalid"
    message = "Points are a whole number that is not zero, up to a billion."


class ExpiryInvalid(InvalidInput):
    code = "expiry_invalid"
    message = "Points that are added must lapse later than they are added."


class ConflictError(SupportError):
    code = "conflict"


class IdReused(ConflictError):
    """The same client-minted id came with different content."""

    code = "id_reused"
    message = "This id was already used for something else."


class AlreadyTakenOver(ConflictError):
    code = "already_taken_over"
    message = "A colleague has already taken this conversation."


class NotYours(ConflictError):
    code = "not_yours"
    message = "Take the conversation over first."


class MoveRefused(ConflictError):
    code = "move_refused"
    message = "The conversation is not in a state that allows this."


class EpochMoved(ConflictError):
    """Somebody else moved the conversation first."""

    code = "epoch_moved"
    message = "The conversation has moved on."


class SignedInAsAnother(ConflictError):
    code = "signed_in_as_another"
    message = "Sign out before signing in as somebody else."


class NotEnoughPoints(ConflictError):
    """It takes more than the account's open lots hold."""

    code = "not_enough_points"
    message = "There are not enough points for that."


class PointsAlreadySpent(ConflictError):
    """Points that were added cannot be taken back, for some have been used or have lapsed."""

    code = "points_already_spent"
    message = "Some of these points have been used or have lapsed."


class AlreadyReversed(ConflictError):
    code = "already_reversed"
    message = "This has already been reversed."


class NotReversible(ConflictError):
    code = "not_reversible"
    message = "An expiry or a reversal cannot be reversed."


class NotAuthenticated(SupportError):
    code = "not_authenticated"
    message = "Sign in first."


class TokenInvalid(NotAuthenticated):
    code = "token_invalid"
    message = "This session has ended."


class SignInInvalid(NotAuthenticated):
    code = "sign_in_invalid"
    message = "The shop's sign-in could not be verified."


class SignInExpired(NotAuthenticated):
    code = "sign_in_expired"
    message = "Sign in again to go on."


class CredentialsInvalid(NotAuthenticated):
    code = "credentials_invalid"
    message = "That e-mail address and password do not match."


class TooMany(SupportError):
    code = "too_many"

    def __init__(self, message: str | None = None, *, retry_after: int = 1) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class TooManyMessages(TooMany):
    code = "too_many_messages"
    message = "Give me a moment to answer what you have sent already."


class TooManyAttempts(TooMany):
    code = "too_many_attempts"
    message = "Too many attempts. Wait a moment, then try again."

