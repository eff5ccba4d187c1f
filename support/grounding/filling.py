"""Words that fill sentences: they name no thing and no option unless a name or an option holds them itself."""


def listed(words: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(words.split())


FILLING = listed("""
a about above actually after again ago all already alone alright also although am an and another any anymore anyone
anything anyway are arent around arrive arrived as ask asked at available away back bad be because become becomes been
before being besides best better bill billed both bought bring broke broken but buy by bye can cancel cant case change
changed changing charge charged charges chat cheaper cheapest choose clearly come comes compatible confirm correct cost
costs could couldnt currently customer damaged day deal decided defective deliver delivered delivery did didnt
difference different do does doesnt doing done dont down due each earlier either else email enough even ever every
everything exact exactly except excepting exchange exchanged exchanging excluding expensive failing fault faulty fine
first fit fits for from get gets getting give given go goes going good got great guess had happen has hasnt have havent
having hello help her here hers hey hi him his hold hope how however i id if ill im in information instead instock into
is isnt issue it item items its itself ive just keep kept kind know last later latest least leave left let lets like
liked little long look looking lot love made make making many may maybe me mean might mine minus mistake mistaken modify
more most much must my myself name need needed needs neither never new next nice no nobody non none not nothing now
number of off offer ok okay old on once one ones online only option options or order ordered orders other others
otherwise our out over own paid part pay pending perfect perhaps pick picked piece place placed please possible prefer
preferably preferred price priced prices proceed product products purchase purchased put quantity question quite rather
ready really reason receive received recent recently refund refunded regarding related remain remaining remove replace
replaced replacement request rest return returnable returned returning returns right same save saved saves saving saw
say says see seem seems sell send sent set shall she shipped shipping shop should show similar since so sold some
somebody someone something soon sorry sorted stay staying still stock stuff such sure swap swapped swapping swaps switch
switched take taken talk tell than thank thanks that thats the their them then there thereof theres these they theyre
thing things think this those though through till time to today together told too took total totally trade trading tried
trouble true try trying turn turned type unavailable under unfortunately unless until up update upgrade upon us use used
using very via wait want wanted wants was wasnt way we well were werent what whatever whats when where whether which
whichever regardless while who whole whom whose why will wish with within without won wont work worked working works
worn would wouldnt wrong yeah yep yes yet you your youre yours yourself youve
word words goodness gosh
wanna gonna gotta lol haha hehe ok u ur pls plz thx nah dont
home address adress house street avenue road lane
""")
