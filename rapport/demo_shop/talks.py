"""What the demo shop's customers talked about before, with the bot and some of them with a person."""

from dataclasses import dataclass

BOT, CUSTOMER, AGENT = "bot", "customer", "agent"
ASKS, TAKES, SETTLES = "asks for a person", "takes over", "resolves"
PERSON = "I'm sorry about that. I'll get a colleague who can put it right."
WELCOME = "You're welcome. Have a good day!"


@dataclass(frozen=True)
class Talk:
    """What was said by whom, and the moves in between (a line without a text). `about_order`: needs one."""

    lines: tuple[tuple[str, str], ...]
    about_order: bool = False
    share: int = 1

    @property
    def with_agent(self) -> bool:
        return (TAKES, "") in self.lines


def _answered(question: str, answer: str, *, thanks: str = "", share: int = 3) -> Talk:
    end = ((CUSTOMER, thanks), (BOT, WELCOME)) if thanks else ()
    return Talk(((CUSTOMER, question), (BOT, answer), *end), share=share)


def _helped(question: str, *after: str, about_order: bool = True) -> Talk:
    said = tuple((AGENT if place % 2 == 0 else CUSTOMER, text) for place, text in enumerate(after))
    lines = ((CUSTOMER, question), (BOT, PERSON), (ASKS, ""), (TAKES, ""), *said, (SETTLES, ""))
    return Talk(lines, about_order)


TALKS = (
    _answered("How long do I have to send something back?",
              "You have {return_window_days} from the day it arrives, and longer in the higher tiers.",
              thanks="Great, that's plenty"),
    _answered("what does delivery cost", "Delivery costs {shipping_cost}, and nothing from {free_shipping_from} on.",
              thanks="ok thanks"),
    _answered("When are you open?", "Our people are here {opening_hours_text}."),
    _answered("do my points run out at some stage?", "Yes: points last {points_expiry_months} from the day you earn them.",
              thanks="Good to know"),
    _answered("Can I pay with PayPal?", "Yes. We take {payment_methods}."),
    _answered("is there a gift card for 50 euro", "Yes: any amount from {gift_card_smallest} to {gift_card_largest}.",
              thanks="Lovely, thank you", share=2),
    Talk(((CUSTOMER, "Where is my order {number}?"), (BOT, "Let me see: order {number} of {placed} was {status}."),
          (CUSTOMER, "Thanks Fern"), (BOT, WELCOME)), about_order=True, share=6),
    Talk(((CUSTOMER, "has the {product} been sent yet"), (BOT, "It has: your order {number} was {status}.")),
         about_order=True, share=4),
    _helped("My {product} arrived damaged :(",
            "Hello {first}, {agent} here. I'm sorry about the {product}. I've sent you a new one today; please keep or "
            "recycle the damaged one.",
            "That was quick, thank you so much",
            "With pleasure. You will find the tracking in your e-mail this evening."),
    _helped("I got the wrong colour in {number}",
            "Hello {first}, that's our mistake. I've put the right colour aside for you; a label for the wrong one is in "
            "your inbox.",
            "ok, when will it be here?",
            "It leaves tomorrow morning, so in two to four working days."),
    _helped("I need an invoice with our company's name for {number}",
            "Hello {first}, of course. What is the name, and is there a VAT number?",
            "Quayside Studio, no VAT number",
            "Done: the new invoice for {number} is in your inbox."),
    _helped("The parcel of {number} says delivered but there is nothing here",
            "Hello {first}, let me ask the carrier. Could a neighbour have it?",
            "Oh wait, the lady next door just rang. Sorry!",
            "No harm done. Enjoy the {product}!"),
    _helped("Do you make the linen cushion in other sizes on request?",
            "Hello {first}, we don't at the moment, but I've passed it on to the people who choose our range.",
            about_order=False),
)
