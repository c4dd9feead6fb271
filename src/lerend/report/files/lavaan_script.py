"""The script in R that fits a path model to the summary statistics of a release.

No text of users stands in its code: names of scales are made safe first, all else stands in comments of one line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lerend.model.structure import Direction, Factor, Level, OrganisationModel
from lerend.release.value import Release
from lerend.report.files.origin import marks_of, stamp_of
from lerend.report.words import spoken
from lerend.wording import Language, Message, say

_MOTIVATION: Final = "motivation"


@dataclass(frozen=True, slots=True)
class Chain:
    """What the path model is about: blocks of factors, one motivation, and the outcomes in their order."""

    blocks: tuple[tuple[str, tuple[str, ...]], ...]
    motivation: str
    outcomes: tuple[str, ...]


def chain_of(model: OrganisationModel) -> Chain:
    """Blocks are the layers, of the inner one what is about the work; only factors of which more is simply better."""
    plain = [f for f in model.factors if f.measured and f.direction is Direction.PLAIN]
    of_people = [f for f in plain if f.level is Level.INDIVIDUAL]
    blocks = tuple(
        (layer.id, tuple(f.id for f in plain if f.layer == layer.id and f not in of_people)) for layer in model.layers
    )
    return Chain(
        blocks=tuple((layer, scales) for layer, scales in blocks if scales),
        motivation=_motivation_of(of_people),
        outcomes=tuple(outcome.id for outcome in model.outcomes),
    )


def _motivation_of(of_people: list[Factor]) -> str:
    """The one whose id says so, else the first that is about people themselves, else none."""
    called = [factor.id for factor in of_people if _MOTIVATION in factor.id]
    return next(iter([*called, *(factor.id for factor in of_people)]), "")


_COMMENTS: Final[dict[str, Message]] = {
    "what": say("A path model: how work is organised, motivation, behaviour, outcomes. Run it in the folder of the tables."),
    "cause": say("It is fitted to one round of answers: it tells what goes together, not what causes what."),
    "blocks": say("Each block is the mean of its scales, so that a few dozen people are enough to fit the model. Factors of which more is not simply better are left out. Change the blocks as your question asks."),
    "nobs": say("The number of people is known as a band only. Its low end is taken: intervals are then wide enough."),
    "mend": say("Correlations were rounded one by one. Where that leaves eigenvalues at or below zero they are lifted, and the script says by how much."),
    "none": say("This release holds no correlations: no organisation has fifty people or more who answered."),
    "scales": say("Scales that may not be shown in an organisation are left out of its blocks; without motivation or an outcome there is no model for it."),
}  # fmt: skip


def script_of(release: Release, model: OrganisationModel, language: Language) -> str:
    """The script, whole; it needs R with lavaan and the three tables beside it."""
    chain = chain_of(model)
    said = {name: "# " + spoken(message, language) for name, message in _COMMENTS.items()}
    head = [stamp_of(release, language), release.digest, *(spoken(mark, language) for mark in marks_of(release))]
    blocks = ",\n".join(f"  {_name(layer)} = c({_quoted(scales)})" for layer, scales in chain.blocks)
    parts = (
        *(f"# {line}" for line in head),
        "#",
        said["what"],
        said["cause"],
        "",
        _READING,
        f'if (nrow(means) == 0) stop("{_plain(spoken(_COMMENTS["none"], language))}")',
        "",
        said["blocks"],
        f"blocks <- list(\n{blocks}\n)",
        f"motivation <- c({_quoted((chain.motivation,) if chain.motivation else ())})",
        f"outcomes <- c({_quoted(chain.outcomes)})",
        "",
        said["mend"],
        _MENDING,
        said["scales"],
        _COMPOSING,
        _MODEL,
        said["nobs"],
        _FITTING,
    )
    return "\n".join(parts)


def _name(id: str) -> str:
    """A name for R; blocks get a prefix, so that none is called as a scale is."""
    return f"block_{_safe(id)}"


def _safe(id: str) -> str:
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "_" for sign in id)
    return plain if plain[:1].isalpha() else f"s_{plain}"


def _quoted(scales: tuple[str, ...]) -> str:
    return ", ".join(f'"{_safe(scale)}"' for scale in scales)


def _plain(text: str) -> str:
    """Between quotes in R."""
    return "".join(sign for sign in text if sign not in '"\\')


_READING: Final = """\
library(lavaan)

read_table <- function(name) read.csv(name, check.names = FALSE, fileEncoding = "UTF-8", stringsAsFactors = FALSE)
means <- read_table("means.csv")
deviations <- read_table("deviations.csv")
correlations <- read_table("correlations.csv")"""

_MENDING: Final = """\
mended <- function(R, floor = 1e-4) {
  parts <- eigen((R + t(R)) / 2, symmetric = TRUE)
  if (min(parts$values) > floor) return(R)
  message("Lowest eigenvalue ", signif(min(parts$values), 3), " was lifted to ", floor, ".")
  lifted <- parts$vectors %*% diag(pmax(parts$values, floor)) %*% t(parts$vectors)
  found <- cov2cor(lifted)
  dimnames(found) <- dimnames(R)
  message("Largest change of a correlation: ", signif(max(abs(found - R)), 3), ".")
  found
}
"""

_COMPOSING: Final = """\
statistics_of <- function(organisation) {
  rows <- correlations[correlations$organisation == organisation, ]
  R <- as.matrix(rows[, rows$scale, drop = FALSE])
  rownames(R) <- rows$scale
  R <- mended(R)
  own <- means[means$organisation == organisation, ]
  spread <- deviations[deviations$organisation == organisation, ]
  D <- diag(spread$value[match(rows$scale, spread$scale)])
  held <- lapply(blocks, intersect, rows$scale)
  held <- held[lengths(held) > 0]
  singles <- intersect(c(motivation, outcomes), rows$scale)
  W <- matrix(0, length(held) + length(singles), nrow(R), dimnames = list(c(names(held), singles), rownames(R)))
  for (block in names(held)) W[block, held[[block]]] <- 1 / length(held[[block]])
  for (single in singles) W[single, single] <- 1
  m <- W %*% own$value[match(rows$scale, own$scale)]
  list(S = W %*% D %*% R %*% D %*% t(W), m = setNames(as.vector(m), rownames(W)), blocks = names(held), n = min(own$people_low))
}
"""

_MODEL: Final = """\
model_of <- function(found) {
  has <- rownames(found$S)
  behaviour <- outcomes[1]
  later <- intersect(outcomes[-1], has)
  if (!all(c(motivation, behaviour) %in% has) || length(found$blocks) == 0) return(NULL)
  short <- sub("^block_", "", found$blocks)
  lines <- character(0)
  before <- found$blocks
  if (length(motivation) == 1) {
    lines <- c(lines, paste(motivation, "~", paste0("a_", short, "*", found$blocks, collapse = " + ")))
    lines <- c(lines, paste(behaviour, "~ b*", motivation, "+", paste(found$blocks, collapse = " + ")))
    lines <- c(lines, paste0("through_motivation_", short, " := a_", short, "*b"))
    before <- motivation
  } else {
    lines <- c(lines, paste(behaviour, "~", paste(found$blocks, collapse = " + ")))
  }
  for (outcome in later) {
    label <- paste0("c_", outcome)
    lines <- c(lines, paste0(outcome, " ~ ", label, "*", behaviour, " + ", paste(before, collapse = " + ")))
    if (length(motivation) == 1)
      lines <- c(lines, paste0("whole_chain_", short, "_to_", outcome, " := a_", short, "*b*", label))
  }
  paste(lines, collapse = "\\n")
}
"""

_FITTING: Final = """\
for (organisation in unique(correlations$organisation)) {
  found <- statistics_of(organisation)
  model <- model_of(found)
  cat("\\n\\n==== ", organisation, " (counted with ", found$n, " people)\\n", sep = "")
  if (is.null(model)) { cat("no model: motivation, a block or the first outcome is not shown\\n"); next }
  cat(model, "\\n")
  fit <- sem(model, sample.cov = found$S, sample.mean = found$m, sample.nobs = found$n, meanstructure = TRUE)
  print(summary(fit, standardized = TRUE, fit.measures = TRUE, rsquare = TRUE))
  print(parameterEstimates(fit, ci = TRUE, level = 0.95))
}
"""
