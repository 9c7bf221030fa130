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
    "sentence_types": {
        "forum_9": {"type": "hedge"},
        "forum_19": {"type": "opinion"},
        "forum_30": {"type": "opinion"},
        "blog_7": {"type": "fact"},
        "blog_23": {"type": "opinion"},
        "blog_26": {"type": "hedge"},
        "article_10": {"type": "fact"},
        "news_15": {"type": "fact"},
        "news_18": {"type": "hedge"},
        "factcheck_17": {"type": "fact"},
    },
    # Forty readings: the key is the only honest solution.
    "stances": from_key("stances"),
    "four_verbs": {
        "R03": {"verb": "raised"},
        "R21": {"verb": "none"},
        "R24": {"verb": "none"},
        "R29": {"verb": "offered"},
        "R31": {"verb": "raised"},
        "R54": {"verb": "asked"},
        "R61": {"verb": "raised"},
    },
    "witness_count": 3,
    "f2_or_e4": "may_serve",
    # One learner's ratings; any others would do.
    "ratings": {
        "forum": {
            "source": {"value": "F", "evidence": 2},
            "information": {"value": 5, "evidence": 10},
            "authorship": {"value": 0, "evidence": 2},
            "dating": {"value": 1, "evidence": 5},
            "citation": {"value": 0, "evidence": 9},
            "verifiability": {"value": 1, "evidence": 23},
            "balance": {"value": 2, "evidence": 26},
            "corroboration": {"value": 0, "evidence": 10},
        },
        "blog": {
            "source": {"value": "F", "evidence": 1},
            "information": {"value": 2, "evidence": 5},
            "authorship": {"value": 0, "evidence": 1},
            "dating": {"value": 0, "evidence": 1},
            "citation": {"value": 1, "evidence": 7},
            "verifiability": {"value": 3, "evidence": 17},
            "balance": {"value": 2, "evidence": 23},
            "corroboration": {"value": 3, "evidence": 5},
        },
        "article": {
            "source": {"value": "D", "evidence": 3},
            "information": {"value": 4, "evidence": 16},
            "authorship": {"value": 1, "evidence": 3},
            "dating": {"value": 0, "evidence": 3},
            "citation": {"value": 0, "evidence": 6},
            "verifiability": {"value": 2, "evidence": 22},
            "balance": {"value": 2, "evidence": 17},
            "corroboration": {"value": 1, "evidence": 16},
        },
        "news": {
            "source": {"value": "D", "evidence": 5},
            "information": {"value": 3, "evidence": 8},
            "authorship": {"value": 1, "evidence": 3},
            "dating": {"value": 1, "evidence": 8},
            "citation": {"value": 1, "evidence": 45},
            "verifiability": {"value": 3, "evidence": 23},
            "balance": {"value": 2, "evidence": 31},
            "corroboration": {"value": 2, "evidence": 17},
        },
        "factcheck": {
            "source": {"value": "B", "evidence": 1},
            "information": {"value": 2, "evidence": 29},
            "authorship": {"value": 1, "evidence": 1},
            "dating": {"value": 0, "evidence": 4},
            "citation": {"value": 2, "evidence": 9},
            "verifiability": {"value": 2, "evidence": 30},
            "balance": {"value": 4, "evidence": 25},
            "corroboration": {"value": 3, "evidence": 29},
        },
    },
    "explain_rating": (
        "Article, verifiability 2. Sentence 22 says that enlargement in 2004 and 2009 “included "
        "former Soviet republics”. Two years and a group of states: I can look that up. But "
        "sentence 13 says only that “some Russian leaders began to explore the possibility of "
        "closer ties with NATO”, without a name or a year. Going through the text, about half of "
        "the statements are of each kind. For 3 it would have to be most of them."
    ),
    "halo_share": 75,
    "committed": {"ratings": True},
    "two_clocks": "acts",
    "letter_cut": "cut_b",
    "attached_records": {
        "C16": ["R03", "R04", "R05"],
        "C20": ["R18", "R20", "R17"],
        "C23": ["R41", "R44"],
        "C29": ["R63"],
        "C52": ["R03", "R29"],
    },
    "verdicts": from_key("verdicts"),
    "slips": ["bush", "first_said", "never_raised"],
    "slip_report": (
        "You print that the two attempts first refer to “the early 2000s, when he met with U.S. "
        "President George W. Bush”. In the record, Putin's two times are 1954 and Clinton's visit "
        "in 2000 (R63). I trust the press reports of it but have seen no transcript. He did raise "
        "NATO with Bush on 16 June 2001 (R31, seen only as the press quotes it), but I found no "
        "record in which he counts that. Another telling may exist."
    ),
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
        "2021 and without a date (R54). Putin's story about Clinton: earliest telling found 2017 "
        "(R51). Offered: in the US record, as the press quotes it, Clinton offers to discuss "
        "membership (R29), and a summary of another has Putin touching on it next day (R30). Who "
        "began stays open. Applied: no application by Russia is known. Putin would not queue "
        "(R38), and Rasmussen is reported as saying in 2010 that Russia had never applied (R46). "
        "The USSR did raise membership in a formal note of 1954 (R03), and three governments "
        "refused (R05)."
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
