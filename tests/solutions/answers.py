"""A worked answer to every exercise that is answered with a widget, as the journal keeps it."""

from kit import data
from kit.exercises import answer_of, load

CASE = data.load()
EXERCISES = load(CASE)


def from_key(exercise_id):
    """The key's own answer, where the key is the only honest solution (a large matrix)."""
    return answer_of(EXERCISES[exercise_id], CASE).value


ANSWERS = {
    "prediction": {
        "forum": {"trust": {"value": 2, "evidence": None}},
        "blog": {"trust": {"value": 2, "evidence": None}},
        "article": {"trust": {"value": 3, "evidence": None}},
        "news": {"trust": {"value": 5, "evidence": None}},
        "factcheck": {"trust": {"value": 6, "evidence": None}},
    },
    "printed": {
        "forum": {"byline": "yes", "site": "no", "references": "no", "people": "no"},
        "blog": {"byline": "no", "site": "no", "references": "no", "people": "no"},
        "article": {"byline": "yes", "site": "no", "references": "no", "people": "yes"},
        "news": {"byline": "yes", "site": "yes", "references": "no", "people": "yes"},
        "factcheck": {"byline": "no", "site": "yes", "references": "no", "people": "yes"},
    },
    "dated_texts": ["none"],
    "date_article": "2009-04",
    "two_clocks": "acts",
    "letter_cut": "cut_b",
    # Any verdict would do; these show how the same judgement moves with the scale.
    "verdict_scales": {
        "claim": {
            "three": {"value": "partly true", "evidence": None},
            "four": {"value": "mostly false", "evidence": None},
            "six": {"value": "half true", "evidence": None},
            "hundred": {"value": 45, "evidence": None},
        },
    },
    "final_answer": (
        "It depends on the verb. Raised: yes. On 5 March 2000 Putin said “Why not?” on the BBC, "
        "if Russia was treated as an equal partner (R25), and in 2001 he was ready to talk (R36). "
        "Both were public at the time. Asked: open. Robertson tells of a direct question, but in "
        "2021 and without a date (R54). Putin's story about Clinton was first told in 2017 (R51). "
        "Offered: in the US record, as the press quotes it, Clinton offers to discuss membership "
        "(R29), and a summary of another has Putin touching on it next day (R30). Who began stays "
        "open. Applied: no application by Russia is known. Putin would not queue (R38), and "
        "Rasmussen is reported as saying in 2010 that Russia had never applied (R46). The USSR did "
        "raise membership in a formal note of 1954 (R03), and three governments refused (R05)."
    ),
    "what_would_change": (
        "The weakest sentence is “Asked: open”. The US records of June 2000 were seen only as the "
        "press quotes or sums them up (R29, R30). If the complete notes, written on the day, had "
        "Putin asking Clinton whether Russia could join, I would write “asked, in private”. If "
        "they had Clinton beginning both times, I would write “was offered a discussion”. What I "
        "say about public words (R25, R36) would stay, and so would “applied: no”. For that to "
        "fall, a letter from Moscow to NATO would have to be found."
    ),
    # A learner who was unsure before and is sharper after, with one mistake left.
    "quiz_A": {
        "a1": {"answer": True, "confidence": 60},
        "a2": {"answer": True, "confidence": 50},
        "a3": {"answer": True, "confidence": 70},
        "a4": {"answer": True, "confidence": 60},
        "a5": {"answer": True, "confidence": 60},
        "a6": {"answer": False, "confidence": 70},
        "a7": {"answer": False, "confidence": 60},
        "a8": {"answer": True, "confidence": 50},
    },
    "quiz_B": {
        "b1": {"answer": True, "confidence": 80},
        "b2": {"answer": False, "confidence": 80},
        "b3": {"answer": False, "confidence": 90},
        "b4": {"answer": True, "confidence": 70},
        "b5": {"answer": False, "confidence": 60},
        "b6": {"answer": False, "confidence": 80},
        "b7": {"answer": True, "confidence": 90},
        "b8": {"answer": False, "confidence": 90},
    },
}
