"""What only a person can do, and when and where they can."""

from support.errors import ConflictError


class NeedsPerson(ConflictError):
    code = "needs_person"
    message = "That is beyond what can be done without a person."


class CaseClosed(ConflictError):
    code = "case_closed"
    message = "That case is closed."


class CaseDoesNotFit(ConflictError):
    """Late is what has not arrived; damaged, wrong or missing can only be what has."""

    code = "case_does_not_fit"
    message = "That cannot be said of an order that has come this far."


class NotOpenThen(ConflictError):
    code = "not_open_then"
    message = "Nobody is here at that time."


class TimeTaken(ConflictError):
    code = "time_taken"
    message = "Nobody is free to call at that time any more."


class TooManyPhotos(ConflictError):
    code = "too_many_photos"
    message = "That case has as many photos as it can hold."
