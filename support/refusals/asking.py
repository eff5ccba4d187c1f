"""What was asked for is not put as it must be."""

from support.errors import InvalidInput


class QuantityInvalid(InvalidInput):
    code = "quantity_invalid"
    message = "A quantity is a whole number from 1 to as many as there are."


class AmountInvalid(InvalidInput):
    code = "amount_invalid"
    message = "An amount is more than zero and no finer than the currency's smallest coin."


class LinesInvalid(InvalidInput):
    code = "lines_invalid"
    message = "Name at least one line of the order, and none of them twice."


class ReasonUnknown(InvalidInput):
    code = "reason_unknown"
    message = "That is not one of the reasons to choose from."


class AddressInvalid(InvalidInput):
    code = "address_invalid"
    message = "An address needs a name, a street, a town, a postcode and a country that we deliver to."


class ProfileInvalid(InvalidInput):
    code = "profile_invalid"
    message = "That cannot be a name, a phone number or an e-mail address."


class PreferenceInvalid(InvalidInput):
    code = "preference_invalid"
    message = "That is nothing, or no way, to be written to about."


class TimeInvalid(InvalidInput):
    code = "time_invalid"
    message = "That time has passed or is too far ahead."


class RatingInvalid(InvalidInput):
    code = "rating_invalid"
    message = "A rating is a whole number from 1 to 5."


class UrlRefused(InvalidInput):
    """It is no address for a webhook, or it leads into a network of our own."""

    code = "url_refused"
    message = "That is not an address on the public internet, beginning with https://, that events can be sent to."


class PhotoInvalid(InvalidInput):
    code = "photo_invalid"
    message = "A photo is a JPEG, PNG or WebP picture of reasonable size."
