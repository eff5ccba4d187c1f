"""A shop's rules for tests, so that no test hangs on what a shop's owner writes into the real file."""

from pathlib import Path

from support.policy.business import Business, load_business

RULES = """\
shop:
  name: Test & Sons
  sells: kettles
  currency: EUR
  locale: en_IE
  timezone: Europe/Dublin
  colour: "#123456"
  email: hello@example.com
  phone: "+353 20 910 0000"
  address: 1 Quay
  countries: [Ireland]
assistant:
  name: Fern
  greeting: Hello
people:
  opening_hours:
    monday: [09:00-12:30, 13:30-17:00]
    tuesday: [09:00-17:00]
    wednesday: [09:00-17:00]
    thursday: [09:00-17:00]
    friday: [22:00-02:00]
    saturday: []
    sunday: []
  holidays: [2026-12-25]
  nobody_took_it_minutes: 5
  agent_silent_minutes: 4
  average_handling_minutes: 6
  offline_after_seconds: 60
orders:
  number_prefix: HF
  shipping_cost: 4.95
  free_shipping_from: 60
  dispatch_days: 1
  delivery_days:
    at_least: 2
    at_most: 4
  cancel_reasons:
    - no longer needed
    - ordered by mistake
    - found it cheaper elsewhere
    - delivery takes too long
    - another reason
returns:
  refund_days: 5
  return_cost: 0
  window_days:
    Seedling: 30
    Oak: 45
  reasons:
    - does not fit
    - not as described
    - damaged or faulty
    - arrived too late
    - no longer wanted
    - another reason
  most_without_person: 2500.00
  most_a_year: 12
payment:
  methods: [Visa, PayPal]
loyalty:
  points_per_unit: 1
  expiry_months: 12
  point_value: 0.05
  tiers:
    - name: Seedling
      from_points: 0
    - name: Oak
      from_points: 1000
      priority: true
  smallest_redemption: 100
  redemption_step: 50
  voucher_days: 90
  referrals:
    referrer_points: 200
    friend_points: 100
    most_a_year: 20
gift_cards:
  smallest: 10
  largest: 250
  valid_years: 5
goodwill:
  points:
    damaged: 150
    wrong: 150
    missing: 150
    late: 100
    complaint: 100
  most_a_year: 400
subscriptions:
  longest_pause_months: 3
  notice_days: 2
call_backs:
  minutes_ahead: 30
  days_ahead: 14
  at_once: 2
cases:
  answer_working_days: 2
privacy:
  cooling_off_days: 14
escalation:
  misunderstandings: 2
"""


def load_rules(folder: Path, *changes: tuple[str, str]) -> Business:
    """The rules with each (old, new) text replaced, read from a file in `folder`."""
    text = RULES
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "business.yml"
    path.write_text(text, encoding="utf-8")
    # Reading takes longer than most tests do, and nobody can change what was read
    if text not in _READ:
        _READ[text] = load_business(path)
    return _READ[text]


_READ: dict[str, Business] = {}
