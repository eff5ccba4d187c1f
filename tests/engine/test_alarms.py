"""What must not be missed is heard in the middle of anything; what only sounds like it is not."""

import pytest

from engine.nlu.alarms import LEGAL, PERSON, SELF_HARM, UPSET, heard_in


@pytest.mark.parametrize("text", [
    "refund or no refund, I won't be alive by Friday", "I keep thinking about ending it all, so cancel everything",
    "cancel it. I don't want to live any more", "sorry for the wait, I hurt myself again last night. so, the lamp",
    "what does it matter, everybody is better off without me", "I just want to die", "I've been cutting myself",
    "there's no point in living", "I'm going to kill myself", "took an overdose yesterday, where is my parcel",
    "i dont wanna be here any more", "I'm going to jump off a bridge if this goes on", "having suicidal thoughts",
    "I'm so tired of living", "honestly I wish I was dead",
])
def test_somebody_in_danger_from_themselves_is_heard(text):
    assert heard_in(text) == SELF_HARM


@pytest.mark.parametrize("text", [
    "I am really angry about how you dealt with me", "honestly we're so fed up with you", "this makes me furious",
    "I'm sick and tired of waiting, where is it", "I am deeply disappointed in your service",
    "never have I been so badly treated", "what the hell is this, the zip broke on the first day",
    "give me my money you useless bot", "WHERE IS MY ORDER?!! YOU SAID MONDAY!!!", "this is bullshit",
    "wtf is wrong with you", "wtf!!",
    "you treat me like an idiot", "I'm livid.", "this is shit, all of it", "I AM STILL WAITING FOR AN ANSWER!!!",
])
def test_somebody_beside_themselves_is_heard(text):
    assert heard_in(text) == UPSET


@pytest.mark.parametrize("text", [
    "I'm preparing a complaint to the consumer protection authority and want your position in writing",
    "then I'll go to the ombudsman", "I'll report this to trading standards",
])
def test_a_complaint_to_others_is_heard(text):
    assert heard_in(text) == LEGAL


@pytest.mark.parametrize("text", [
    "10% or you get me somebody who can decide", "put me through to a real person. Now.", "thats ridiculous i want to talk to a person about that order", "talk to a person about that order",
    "could I speak with one of your colleagues about my refund", "let me chat with a real human about the lamp",
])
def test_somebody_who_asks_for_a_person_is_heard(text):
    assert heard_in(text) == PERSON


@pytest.mark.parametrize("text", [
    "I don't want to talk to a person", "if it can't be done I want to talk to somebody", "my wife talks to people a lot",
    "this lamp is killing my eyes", "I'd die for the blue one", "these shoes are to die for", "the wait is killing me lol",
    "I'd rather die than wear that colour", "I cut myself a piece of the cloth", "I was killing myself laughing",
    "I don't want to live with this sofa any longer", "I won't be here next week, deliver later please",
    "I cut myself on the edge of your shelf", "my back hurts in that chair", "I want to die my hair red",
    "I'm not angry, only a bit surprised", "I'm fed up with the colour of my sofa, swap it for green",
    "sick of my old lamp, I want a new one", "oh shit, I ordered the wrong size", "damn, that was quick!",
    "holy crap that's a great price", "I'm such an idiot, I typed the wrong street", "SKU ABX-220 BLK XL, AVAILABLE?",
    "PLEASE SEND IT TO MY OFFICE", "WOW, THESE ARE GORGEOUS!!!", "Thank you so much!!!", "CAN I SWAP THE LAMP? IT IS TOO BIG.",
    "I'm very disappointed with the colour", "the quality is crap, I want to return it", "cancel the damn order",
    "where the hell is the return form", "I want to make a complaint, I'm furious", "is it mad at the back or glossy?",
    "my husband is mad about your coffee", "do you have the game Angry Birds?", "the overdose of colour is lovely", "ok!!", "??",
    "my discount code got lost ffs, send it again", "the page wont take my zip wtf",
])
def test_what_only_sounds_like_it_is_not(text):
    assert heard_in(text) is None
